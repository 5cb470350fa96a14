/** Checks that stand or fall together, for the rows of the table. */

/** Whatever makes requests to the application. */
export const throughTheDoor: readonly string[] = [
	'http.status',
	'http.health',
	'http.latency',
	'http.list',
	'http.assets',
	'http.cookies',
	'http.csrf',
	'http.page',
	'http.caching',
	'http.cdn',
	'http.security-headers',
	'auth.login',
	'auth.session',
	'browser.console',
];

/** What users meet and what the application does for them once a part beneath it fails. */
export const useOfApplication: readonly string[] = [
	'http.status',
	'http.health',
	'http.list',
	'http.page',
	'auth.login',
	'auth.session',
	'browser.console',
];

/** Whatever asks the deployment itself. */
export const askConvex: readonly string[] = [
	'convex.reachable',
	'convex.state',
	'convex.limits',
	'convex.auth-config',
	'convex.functions',
	'convex.users',
	'convex.health',
	'convex.sync',
	'convex.latency',
];

/** What fails in consequence of the server failing, also where it answers: no redirect, no missing page. */
export const brokenAnswers =
	/server-error|5\d\d|timeout|hang|^latency\.|^health\.|^list\.|^page\.(?!redirect|not-html)|^login\.|^session\.|^browser\./;

/** The same where the server runs and its code or files are at fault: a form that is accepted without a cookie is another matter. */
export const brokenPages = /server-error|5\d\d|timeout|hang|^latency\.|^health\.|^list\.|^page\.(?!redirect|not-html)|^login\.|^browser\./;

/** What an application writes down or reports while something beneath it fails. */
export const traces: readonly string[] = ['logs.errors', 'sentry.errors', 'sentry.performance', 'vitals.p75'];
