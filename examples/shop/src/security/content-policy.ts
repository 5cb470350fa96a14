import { randomBytes } from 'node:crypto';

/** A word that only this answer knows: scripts and styles of the page carry it, injected ones cannot. 128 bits. */
export function makeNonce(): string {
	return randomBytes(16).toString('base64');
}

/** Origins for `connect-src` out of URLs that browsers are to reach: as they are, and as WebSocket. What is no http(s) URL is left out. */
export function findBrowserAddresses(urls: readonly (string | null)[]): readonly string[] {
	const origins = urls
		.filter((url) => url !== null && URL.canParse(url))
		.map((url) => new URL(url as string))
		.filter(({ protocol }) => /^https?:$/.test(protocol))
		.flatMap(({ origin }) => [origin, origin.replace(/^http/, 'ws')]);
	return [...new Set(origins)];
}

/**
 * What a page of the shop may load: its own files, and scripts that carry the nonce or were loaded by one that does. Next reads the nonce from
 * this header of the request and puts it on its own scripts. `connect`: origins that scripts may talk to beside the shop itself. With
 * `development` also what Next's dev server needs: eval, inline styles and its own WebSocket.
 */
export function contentPolicy(options: { nonce: string; connect?: readonly string[]; development?: boolean }): string {
	const { nonce, connect = [], development = false } = options;
	return [
		"default-src 'none'",
		`script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ''}`,
		development ? "style-src 'self' 'unsafe-inline'" : `style-src 'self' 'nonce-${nonce}'`,
		"img-src 'self'",
		"font-src 'self'",
		// Next fetches the pages that links lead to; orders arrive from Convex.
		["connect-src 'self'", ...(development ? ['ws:'] : []), ...connect].join(' '),
		"form-action 'self'",
		"frame-ancestors 'none'",
		"base-uri 'none'",
		"object-src 'none'",
	].join('; ');
}
