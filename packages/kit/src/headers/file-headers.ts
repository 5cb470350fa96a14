/** What every answer carries, pages and files alike. Names in lower case; values by the table of Mozilla's HTTP Observatory. */
export const commonHeaders = {
	'x-content-type-options': 'nosniff',
	'x-frame-options': 'DENY',
	// Not no-referrer: browsers then send `Origin: null` with forms, and the check of the origin would refuse the application's own pages.
	'referrer-policy': 'strict-origin-when-cross-origin',
	'cross-origin-opener-policy': 'same-origin',
	'cross-origin-resource-policy': 'same-origin',
	'permissions-policy': 'browsing-topics=(), camera=(), geolocation=(), microphone=(), payment=(), usb=()',
	'x-dns-prefetch-control': 'off',
	'x-permitted-cross-domain-policies': 'none',
} as const;

/**
 * Headers for what proxy.ts does not see: files, redirects, routes it leaves out. Their policy allows nothing, because they load nothing; on a page the
 * one of `createHeaders` takes its place. In the form that `headers()` of next.config.ts wants: `[{ source: '/:path*', headers: fileHeaders() }]`.
 */
export function fileHeaders(): { key: string; value: string }[] {
	const policy = "default-src 'none'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";
	return Object.entries({ 'content-security-policy': policy, ...commonHeaders }).map(([key, value]) => ({ key, value }));
}
