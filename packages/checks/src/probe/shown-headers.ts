/** Response headers whose values may be shown. Whatever else an application sends is told by its name and length. */

// What the body is.
const body = `
	content-type content-length content-encoding content-language content-disposition transfer-encoding
`;

// Caches and the way through them.
const caches = `
	cache-control cdn-cache-control age etag vary date expires last-modified pragma via
	x-cache x-cache-hits cf-cache-status x-vercel-cache x-nextjs-cache x-nextjs-prerender x-nextjs-stale-time
`;

// Who answers, and the number under which its log has the request.
const server = `
	server x-powered-by cf-ray x-vercel-id x-vercel-error x-matched-path x-request-id alt-svc
`;

// The connection, and what is asked of the client.
const connection = `
	connection keep-alive upgrade accept-ranges allow retry-after www-authenticate
	ratelimit-limit ratelimit-remaining ratelimit-reset x-ratelimit-limit x-ratelimit-remaining x-ratelimit-reset
`;

// Security.
const security = `
	strict-transport-security content-security-policy content-security-policy-report-only x-content-type-options
	x-frame-options x-xss-protection referrer-policy permissions-policy x-robots-tag origin-agent-cluster
	cross-origin-opener-policy cross-origin-embedder-policy cross-origin-resource-policy x-permitted-cross-domain-policies
	access-control-allow-origin access-control-allow-credentials access-control-allow-methods access-control-allow-headers
`;

const shown = new Set([body, caches, server, connection, security].flatMap((names) => names.trim().split(/\s+/)));

export function isShownHeader(name: string): boolean {
	return shown.has(name.toLowerCase());
}
