import { randomBytes } from 'node:crypto';

/** A word that only this answer knows: scripts and styles of the page carry it, injected ones cannot. 128 bits. */
export function makeNonce(): string {
	return randomBytes(16).toString('base64');
}

/**
 * What a page of the shop may load: its own files, and scripts that carry the nonce or were loaded by one that does. Next reads the nonce from
 * this header of the request and puts it on its own scripts. With `development` also what its dev server needs: eval and inline styles.
 */
export function contentPolicy(nonce: string, development = false): string {
	return [
		"default-src 'none'",
		`script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ''}`,
		development ? "style-src 'self' 'unsafe-inline'" : `style-src 'self' 'nonce-${nonce}'`,
		"img-src 'self'",
		"font-src 'self'",
		// Next fetches the pages that links lead to.
		"connect-src 'self'",
		"form-action 'self'",
		"frame-ancestors 'none'",
		"base-uri 'none'",
		"object-src 'none'",
	].join('; ');
}
