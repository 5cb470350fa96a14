/** Attributes that the kit sets; `Path=/` always, `Domain` never, as the `__Host-` prefix demands. */
export interface CookieAttributes {
	readonly secure: boolean;
	readonly httpOnly: boolean;
	readonly sameSite: 'Lax' | 'Strict';
	/** Seconds; 0 removes the cookie; absent: until the browser closes. */
	readonly maxAge?: number;
}

/** Browsers keep name, value and attributes up to 4,096 bytes (RFC 6265 section 6.1); a longer cookie disappears without a word. */
export const MAX_COOKIE_BYTES = 4096;

/** Values of every cookie called `name` in a `Cookie` header, in order. A browser may send several of one name. */
export function readCookies(header: string | null, name: string): string[] {
	if (header === null) return [];
	const values: string[] = [];
	for (const pair of header.split(';')) {
		const equals = pair.indexOf('=');
		if (equals > 0 && pair.slice(0, equals).trim() === name) values.push(pair.slice(equals + 1).trim());
	}
	return values;
}

/** Builds a `Set-Cookie` header. The value must already be made of cookie octets: the kit only writes base64url, hex and dots. */
export function writeCookie(name: string, value: string, attributes: CookieAttributes): string {
	const parts = [`${name}=${value}`, 'Path=/'];
	if (attributes.maxAge !== undefined) parts.push(`Max-Age=${attributes.maxAge}`);
	if (attributes.maxAge === 0) parts.push('Expires=Thu, 01 Jan 1970 00:00:00 GMT');
	if (attributes.httpOnly) parts.push('HttpOnly');
	if (attributes.secure) parts.push('Secure');
	parts.push(`SameSite=${attributes.sameSite}`);
	return parts.join('; ');
}
