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
		const findings = removeRepeats(cookies.flatMap(({ url, header }) => judgeCookie(readSetCookie(header), new URL(url), context.now())));
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
	const pages = await Promise.all(listTargets(context, path).map((target) => readPage(context, target.path)));
	const responses = pages.flatMap((chain) => chain.hops.map((hop) => hop.response));
	const csrf = path === undefined ? (await readCsrf(context, defaultCsrfPath)).result : null;
	if (csrf?.kind === 'response') responses.push(csrf);
	const cookies = responses.flatMap((response) => response.setCookies.map((header) => ({ url: response.url, header })));
	return { cookies, reached: responses.length > 0 };
}

function removeRepeats(findings: readonly Finding[]): readonly Finding[] {
	return [...new Map(findings.map((finding) => [`${finding.code} ${finding.message}`, finding])).values()];
}
