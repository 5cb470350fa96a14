import { z } from 'zod';
import { Attachment } from '../../attachment.ts';
import type { CheckContext, Outcome } from '../../contract.ts';
import { defineCheck } from '../../define-check.ts';
import { stateOf, summariseFindings } from '../../outcome/state-of.ts';
import { listTargets, resolvePath } from '../../page/read-page.ts';
import { optionalPathParam } from '../../params.ts';
import { redactText, redactUrl } from '../../probe/redact.ts';
import { readReach, type WalkReport } from '../../vendors.ts';
import { isSlowedDown, judgeWalk } from './judge-walk.ts';

export const browserConsole = defineCheck({
	id: 'browser.console',
	title: 'Pages work in a real browser',
	question: 'Do the pages paint something in a browser, without uncaught errors or failed requests, and can one sign in?',
	explains:
		'Opens the page in Chromium of this machine, signing in by its form first where a synthetic account is configured; as a monitor all configured routes. Screenshot and HAR (without bodies, cookies and query values) are kept as evidence. ok: painted, nothing uncaught, nothing failed. warn: errors in the console. fail: blank, an uncaught error, a failed request of its own, redirects in circles, or the sign-in does not succeed. Icons that are missing and requests to other hosts are notes. unknown: there is no Chromium, or it did not finish in time.',
	requires: ['Chromium on PATH or at CHROMIUM_PATH', '`synthetic` in holdfast.yaml for the sign-in'],
	needs: ['http.redirects', 'http.status'],
	params: z.object({ path: optionalPathParam('Page to open; without it `/` in a diagnosis, all configured routes as a monitor') }),
	deadlineMs: 60_000,
	run: async (context, { path }): Promise<Outcome> => {
		const { service } = context;
		const targets = listTargets(context, path).map((target) => target.path);
		// Somebody waits for a diagnosis: one page and the sign-in.
		const paths = context.purpose === 'diagnosis' ? targets.slice(0, 1) : targets.slice(0, 10);
		const subject = redactUrl(resolvePath(service.url, paths[0] ?? '/'));
		const walked = await context.vendors.browser.walk(
			{
				origin: new URL(service.url).origin,
				paths,
				signIn: service.synthetic === undefined ? null : { ...service.synthetic },
				hosts: listHosts(context),
				reach: readReach(service),
			},
			context.signal,
		);
		if (walked.kind === 'no-answer')
			return {
				state: 'unknown',
				reason: walked.reason,
				enable: walked.enable ?? 'install Chromium (apt-get install chromium), or name it in CHROMIUM_PATH',
				subject,
			};
		const report = walked.value;
		const judged = judgeWalk(report, [new URL(service.url).hostname, ...listHosts(context)], service.synthetic?.path ?? null);
		const findings = judged.map((finding) => ({ ...finding, message: redactText(finding.message) }));
		const well = findings.every(({ severity }) => severity === 'info');
		const signedIn = report.signIn === 'signed-in' ? ' after signing in' : '';
		const seen = report.pages.map(({ path }) => path);
		const unopened = paths.filter((path) => !seen.includes(path));
		if (unopened.length > 0 && stateOf(findings) !== 'fail')
			return {
				state: 'unknown',
				reason: `There was no time to open ${unopened.join(', ')} in the browser`,
				enable: 'give it more time: --overall 30',
				findings,
				subject,
				attachments: attach(report),
				evidence: [{ title: 'Walk in a browser', kind: 'table', body: showWalk(report) }],
			};
		const slowed = isSlowedDown(report) && stateOf(findings) !== 'fail';
		return {
			state: slowed ? 'unknown' : stateOf(findings),
			...(slowed ? { enable: 'wait a minute, or exempt the synthetic account from the limit' } : {}),
			reason: slowed
				? 'The sign-in is answered 429 in the browser: too many attempts, so nothing can be said of it'
				: well
					? `${paths.join(', ')} painted${signedIn}, no uncaught error, no failed request`
					: summariseFindings(findings),
			findings,
			subject,
			attachments: attach(report),
			measurements: report.pages
				.slice(0, 5)
				.map((page) => ({ name: `load ${page.path}`, value: Math.round(page.durationMs), unit: 'ms' as const })),
			evidence: [{ title: 'Walk in a browser', kind: 'table', body: showWalk(report) }],
		};
	},
});

function listHosts({ service }: CheckContext): readonly string[] {
	const convex = [service.convexUrl, service.convexSiteUrl].flatMap((url) =>
		url !== undefined && URL.canParse(url) ? [new URL(url).hostname] : [],
	);
	return [...new Set([...service.allowHosts, ...convex])];
}

function attach({ screenshot, har }: WalkReport): readonly Attachment[] {
	return [
		...(screenshot === null ? [] : [new Attachment('screenshot.png', 'image/png', screenshot)]),
		...(har === null ? [] : [new Attachment('walk.har', 'application/json', har)]),
	];
}

function showWalk({ pages, signIn }: WalkReport): string {
	const lines = pages.flatMap((page) => [
		`${page.path} → ${redactUrl(page.url)}  ${page.status ?? page.error ?? 'no answer'}  ${page.painted ? `painted, ${page.textLength} characters` : 'blank'}  ${Math.round(page.durationMs)} ms`,
		...page.exceptions.slice(0, 5).map((line) => `  uncaught  ${redactText(line.slice(0, 300))}`),
		...page.consoleErrors.slice(0, 5).map((line) => `  console   ${redactText(line.slice(0, 300))}`),
		...page.failedRequests
			.slice(0, 10)
			.map(({ method, url, status, error }) => `  failed    ${method} ${redactUrl(url)} → ${status ?? error ?? 'no answer'}`),
	]);
	return [`sign-in: ${signIn}`, ...lines].join('\n');
}
