import { z } from 'zod';
import type { CheckContext, Finding } from '../../contract.ts';
import { defineCheck } from '../../define-check.ts';
import { stateOf, summariseFindings } from '../../outcome/state-of.ts';
import { defaultCsrfPath, readCsrf } from '../../page/read-csrf.ts';
import { listTargets, readPage, resolvePath } from '../../page/read-page.ts';
import { readSetCookie } from '../../page/read-set-cookie.ts';
import { optionalPathParam } from '../../params.ts';
import { redactCookie } from '../../probe/redact.ts';
import { judgeCookie } from './judge-cookie.ts';

interface SetAt {
	/** Path that was asked. */
	readonly path: string;
	readonly status: number;
	readonly url: string;
	readonly header: string;
}

export const httpCookies = defineCheck({
	id: 'http.cookies',
	title: 'Cookies are kept by browsers',
	question: 'Do browsers keep the cookies that the application sets?',
	explains:
		'Looks at every Set-Cookie of the pages, of the redirects before them and of the CSRF endpoint, against the URL in use. ok: browsers keep them, and sessions are guarded. fail: browsers drop one (Secure on plain http, SameSite=None without Secure, a foreign Domain, a broken __Host- or __Secure- prefix, more than 4096 bytes) or it ends when it is set. warn: a session cookie without HttpOnly or SameSite, any without Secure on https. Plain http on localhost and loopback counts as secure, as it does for browsers. unknown: no cookie was set.',
	requires: [],
	needs: ['http.redirects', 'http.status'],
	params: z.object({ path: optionalPathParam('Path to look at; without it `/`, the configured routes and /api/csrf') }),
	deadlineMs: 9500,
	run: async (context, { path }) => {
		const { cookies, reached } = await collect(context, path);
		const subject = resolvePath(context.service.url, path ?? '/');
		if (cookies.length === 0) {
			const reason = reached
				? 'No cookie was set, so its attributes could not be looked at'
				: 'No page could be read, so no cookie could be looked at';
			return {
				state: 'unknown',
				reason,
				enable: reached ? 'give the path that sets one: holdfast check http.cookies path=/login' : 'holdfast check http.status',
				subject,
			};
		}
		const findings = removeRepeats(
			cookies.flatMap(({ url, header, path: at }) =>
				judgeCookie(readSetCookie(header), new URL(url), context.now()).map((finding) => ({ ...finding, at })),
			),
		);
		const names = [...new Set(cookies.map(({ header }) => readSetCookie(header).name))];
		return {
			state: stateOf(findings),
			reason:
				findings.length > 0
					? summariseFindings(findings)
					: `${names.length} ${names.length === 1 ? 'cookie is' : 'cookies are'} kept by browsers: ${names.slice(0, 5).join(', ')}`,
			findings,
			subject,
			measurements: [{ name: 'cookies', value: names.length, unit: 'count' }],
			evidence: [
				{
					title: 'Cookies set',
					kind: 'table',
					body: cookies.map(({ url, header }) => `${new URL(url).pathname}  ${redactCookie(header)}`).join('\n'),
				},
			],
		};
	},
});

async function collect(
	context: CheckContext,
	path: string | undefined,
): Promise<{ readonly cookies: readonly SetAt[]; readonly reached: boolean }> {
	const pages = await Promise.all(
		listTargets(context, path).map(async (target) => ({ path: target.path, chain: await readPage(context, target.path) })),
	);
	const answers = pages.flatMap((page) => page.chain.hops.map((hop) => ({ path: page.path, response: hop.response })));
	const csrf = path === undefined ? (await readCsrf(context, defaultCsrfPath)).result : null;
	if (csrf?.kind === 'response') answers.push({ path: defaultCsrfPath, response: csrf });
	const cookies = answers.flatMap((answer) =>
		answer.response.setCookies.map((header) => ({ path: answer.path, status: answer.response.status, url: answer.response.url, header })),
	);
	// A fault that a well-answered page shows as well is that page's, so its answer comes first.
	return { cookies: cookies.toSorted((a, b) => Number(a.status >= 400) - Number(b.status >= 400)), reached: answers.length > 0 };
}

function removeRepeats(findings: readonly Finding[]): readonly Finding[] {
	const first = new Map<string, Finding>();
	for (const finding of findings) {
		const fault = `${finding.code} ${finding.message}`;
		if (!first.has(fault)) first.set(fault, finding);
	}
	return [...first.values()];
}
