/**
 * How often each family of checks is asked, how many answers in a row confirm a change, and how bad a failure is, where nothing else is
 * said. What tells within seconds whether people can use the application is asked often and wakes people; what changes with a release
 * or a calendar is asked seldom. Pure; documented in the package's README, and a test compares the two.
 */
export type Severity = 'critical' | 'major' | 'minor' | 'info';

/** The worst first. */
export const severities: readonly Severity[] = ['critical', 'major', 'minor', 'info'];

export interface MonitorDefaults {
	readonly everyMs: number;
	readonly confirm: number;
	readonly severity: Severity;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

export const LONGEST_EVERY_MS = 7 * 24 * HOUR;

const of = (everyMs: number, confirm: number, severity: Severity): MonitorDefaults => ({ everyMs, confirm, severity });

/** By check, or by family with `.*`; the most exact name counts. */
export const defaultsTable: Readonly<Record<string, MonitorDefaults>> = {
	'http.health': of(20 * SECOND, 2, 'critical'),
	'http.status': of(30 * SECOND, 2, 'critical'),
	'http.page': of(MINUTE, 2, 'critical'),
	'http.list': of(MINUTE, 2, 'major'),
	'http.latency': of(MINUTE, 3, 'minor'),
	'http.csrf': of(2 * MINUTE, 2, 'major'),
	'http.assets': of(5 * MINUTE, 2, 'major'),
	'http.redirects': of(5 * MINUTE, 2, 'major'),
	'http.*': of(15 * MINUTE, 2, 'minor'),
	'net.*': of(30 * SECOND, 2, 'critical'),
	'tls.*': of(HOUR, 1, 'major'),
	'auth.login': of(2 * MINUTE, 2, 'critical'),
	'auth.*': of(5 * MINUTE, 2, 'major'),
	'browser.*': of(15 * MINUTE, 2, 'major'),
	'convex.reachable': of(30 * SECOND, 2, 'critical'),
	'convex.health': of(MINUTE, 2, 'critical'),
	'convex.*': of(5 * MINUTE, 2, 'major'),
	'deps.audit': of(12 * HOUR, 1, 'major'),
	'deps.*': of(12 * HOUR, 1, 'info'),
	'env.changed': of(5 * MINUTE, 1, 'info'),
	'env.*': of(5 * MINUTE, 2, 'major'),
	'server.memory-trend': of(5 * MINUTE, 1, 'minor'),
	'server.*': of(30 * SECOND, 3, 'major'),
	'logs.*': of(MINUTE, 2, 'major'),
	'sentry.*': of(5 * MINUTE, 2, 'major'),
	'vendor.*': of(5 * MINUTE, 2, 'info'),
	'vitals.*': of(5 * MINUTE, 2, 'minor'),
	'release.*': of(15 * MINUTE, 2, 'minor'),
	'bundle.*': of(HOUR, 1, 'minor'),
	'data.*': of(HOUR, 1, 'major'),
	'security.*': of(5 * MINUTE, 1, 'major'),
	'perf.*': of(HOUR, 1, 'minor'),
	'backup.*': of(HOUR, 1, 'major'),
	'*': of(5 * MINUTE, 2, 'minor'),
};

export function defaultsOf(checkId: string): MonitorDefaults {
	const family = checkId.split('.')[0] ?? '';
	const found = defaultsTable[checkId] ?? defaultsTable[`${family}.*`] ?? defaultsTable['*'];
	if (found === undefined) throw new Error('expected the table of defaults to end in *');
	return found;
}

/** Checks that act (a sign-in, a token, a browser) run at most once a minute. */
export function leastEveryMs(checkId: string): number {
	return checkId.startsWith('auth.') || checkId.startsWith('browser.') || checkId === 'http.csrf' ? MINUTE : SECOND;
}
