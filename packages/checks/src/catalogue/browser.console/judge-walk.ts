/** What a walk in a browser saw. Pure. */
import type { Finding } from '../../contract.ts';
import type { FailedRequest, WalkedPage, WalkReport } from '../../vendors.ts';

/** @param ownHosts hosts whose requests the pages need. @param signInPath path of the form; null when nobody signed in. */
export function judgeWalk(report: WalkReport, ownHosts: readonly string[], signInPath: string | null): readonly Finding[] {
	return [...report.pages.flatMap((page) => judgePage(page, ownHosts)), ...judgeSignIn(report, signInPath)];
}

function judgePage(page: WalkedPage, ownHosts: readonly string[]): readonly Finding[] {
	const { path } = page;
	const findings: Finding[] = [];
	const add = (code: string, severity: Finding['severity'], message: string, fix?: string): void =>
		void findings.push({ code, severity, message, ...(fix === undefined ? {} : { fix }), at: path });
	if (page.error !== null) {
		const loop = /TOO_MANY_REDIRECTS/.test(page.error);
		add(
			'browser.failed-request',
			'fail',
			loop ? `${path} redirects in circles in a browser (${page.error})` : `${path} does not open in a browser (${page.error})`,
			loop ? 'holdfast check http.redirects' : 'holdfast check http.status',
		);
		return findings;
	}
	if (!page.painted || page.textLength === 0)
		add(
			'browser.blank',
			'fail',
			`${path} stays blank in a browser: ${page.textLength} characters of text after ${Math.round(page.durationMs)} ms`,
			'look at the uncaught errors and failed requests of this page',
		);
	if (page.exceptions.length > 0)
		add(
			'browser.exception',
			'fail',
			`${path}: ${count(page.exceptions.length, 'uncaught error')} in the browser: ${shorten(page.exceptions[0])}`,
			'look at the code that throws; a mixed build throws as well: holdfast check release.build',
		);
	const requests = page.failedRequests.map((request) => ({ request, kind: weigh(request, ownHosts) }));
	const own = requests.filter(({ kind }) => kind === 'own');
	if (own.length > 0)
		add(
			'browser.failed-request',
			'fail',
			`${path}: ${count(own.length, 'request')} of the page failed: ${own
				.slice(0, 3)
				.map(({ request }) => describeRequest(request))
				.join(', ')}`,
			'look at who answers these addresses',
		);
	const apart = requests.filter(({ kind }) => kind === 'apart');
	if (apart.length > 0)
		add(
			'browser.failed-request',
			'info',
			`${path}: ${count(apart.length, 'request')} that the page can do without did not come: ${apart
				.slice(0, 3)
				.map(({ request }) => describeRequest(request))
				.join(', ')}`,
		);
	// The browser writes a line for every failed request: those are said above.
	const lines = page.consoleErrors.filter((line) => !/^Failed to load resource/i.test(line));
	if (lines.length > 0)
		add(
			'browser.console-error',
			'warn',
			`${path}: ${count(lines.length, 'error')} in the browser’s console: ${shorten(lines[0])}`,
			'open the page with the browser’s console',
		);
	return findings;
}

/** Told to slow down, which says nothing about signing in. */
export function isSlowedDown({ signIn, signInMessage }: WalkReport): boolean {
	return (signIn === 'error' || signIn === 'still-form') && /\b429\b/.test(signInMessage ?? '');
}

function judgeSignIn(report: WalkReport, path: string | null): readonly Finding[] {
	const { signIn, signInMessage } = report;
	if (isSlowedDown(report)) return [];
	const words = signInMessage === null || signInMessage === '' ? '' : `: “${shorten(signInMessage)}”`;
	const sentences: Readonly<Record<WalkReport['signIn'], string | null>> = {
		'signed-in': null,
		'not-tried': null,
		'still-form': `After the sign-in the form is there again${words}`,
		'no-form': `There is no sign-in form at ${path} in a browser`,
		error: `The sign-in ended in an error in a browser${words}`,
	};
	const message = sentences[signIn];
	if (message === null) return [];
	return [
		{
			code: 'browser.sign-in',
			severity: 'fail',
			message,
			fix: 'holdfast check auth.login auth.session http.cookies',
			...(path === null ? {} : { at: path }),
		},
	];
}

/** `own`: the page needs it. `apart`: an icon, a ping, or another host's. */
function weigh({ url, error, kind, status }: FailedRequest, ownHosts: readonly string[]): 'own' | 'apart' | 'none' {
	if (!URL.canParse(url)) return 'apart';
	const { hostname, pathname } = new URL(url);
	// The browser itself gives up what a page leaves behind.
	if (error !== null && /ERR_ABORTED/.test(error) && status === null) return 'none';
	if (!ownHosts.includes(hostname) || /favicon|apple-touch-icon/.test(pathname) || kind === 'ping' || kind === 'beacon') return 'apart';
	// 401 is the application's own affair (is somebody signed in?), and 429 tells us to slow down.
	return status === 401 || status === 429 ? 'apart' : 'own';
}

function describeRequest({ url, method, status, error }: FailedRequest): string {
	const path = URL.canParse(url) ? new URL(url).pathname : url.slice(0, 80);
	return `${method} ${path.slice(0, 120)} → ${status ?? error ?? 'no answer'}`;
}

function count(number: number, what: string): string {
	return `${number} ${what}${number === 1 ? '' : 's'}`;
}

function shorten(text = ''): string {
	const line = text.split('\n')[0] ?? '';
	return line.length > 200 ? `${line.slice(0, 199)}…` : line;
}
