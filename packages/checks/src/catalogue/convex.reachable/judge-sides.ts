/** From here and from inside the application: which side is cut off. Pure. */
import type { Finding, Outcome } from '../../contract.ts';
import { type AppView, isFresh } from '../../convex/read-app-view.ts';

/** Codes of the kit by which nothing that is a deployment answered the application. */
const cutOff: readonly string[] = ['network', 'timeout', 'tls', 'not-convex'];
/** Where the deployment takes this long for `/version`, in milliseconds, an application that gives up waiting is not cut off: it is slow for everybody. */
const slowMs = 500;

/** @param outside what was seen from here. @returns the same with what the application says of its own way. */
export function judgeSides(outside: Outcome, view: AppView, host: string): Outcome {
	if (view.kind === 'unseen' || !isFresh(view)) return outside;
	const { report } = view;
	const said = report.message === null ? '' : `: ${report.message}`;
	const isSlow = report.code === 'timeout' && (outside.measurements ?? []).some(({ unit, value }) => unit === 'ms' && value >= slowMs);
	const isCutOff = report.status === 'fail' && report.code !== null && cutOff.includes(report.code) && !isSlow;
	if (isCutOff && (outside.state === 'ok' || outside.state === 'warn')) return describeInside(outside, report.url, said, host);
	if (isCutOff && outside.state === 'unknown')
		return describeInside(outside, report.url, said, host, `from here it could not be told (${lowerFirst(outside.reason)})`);
	const words = isCutOff
		? `The application does not reach it either${said}`
		: report.status === 'ok'
			? describeReached(report.durationMs, report.at)
			: null;
	if (outside.state !== 'fail' || words === null) return outside;
	const note: Finding = { code: isCutOff ? 'convex.both-sides' : 'convex.app-reaches', severity: 'info', message: words };
	return { ...outside, reason: `${outside.reason}; ${lowerFirst(words)}`, findings: [...(outside.findings ?? []), note] };
}

function describeInside(
	outside: Outcome,
	appUrl: string | null,
	said: string,
	host: string,
	fromHere = `${host} answers from here`,
): Outcome {
	const where = appUrl !== null && URL.canParse(appUrl) ? new URL(appUrl).host : 'its deployment';
	const message = `The application cannot reach ${where}, while ${fromHere}${said}`;
	const finding: Finding = {
		code: 'convex.app-cannot-reach',
		severity: 'fail',
		message,
		fix: 'look at the way out of the machine that the application runs on: name server, firewall, proxy, certificate authorities',
	};
	return { ...outside, state: 'fail', reason: message, findings: [finding, ...(outside.findings ?? [])] };
}

function describeReached(durationMs: number | null, at: string | null): string {
	const took = durationMs === null ? '' : ` in ${Math.round(durationMs)} ms`;
	return `The application still reached it${took}${at === null ? '' : ` at ${at}`}`;
}

function lowerFirst(text: string): string {
	return text.charAt(0).toLowerCase() + text.slice(1);
}
