/** Two faults at once, of parts that have nothing to do with each other: both must be found, and neither taken for an echo of the other. */

/** @type {readonly (readonly [string, string])[]} */
export const pairs = [
	['session-secret-short', 'bundle-oversized'],
	['csrf-route-gone', 'query-slow'],
	['session-cookie-dropped', 'chunk-missing'],
	['convex-auth-issuer', 'heap-nearly-full'],
	['csrf-secret-short', 'convex-rate-limited'],
	['session-secret-sample', 'convex-paused'],
	['convex-auth-jwks-unreachable', 'style-missing'],
	['env-convex-url-typo-in-name', 'session-secret-31'],
	['convex-websocket-blocked', 'csrf-origin-rewritten'],
	['handles-exhausted', 'convex-user-gone'],
];
