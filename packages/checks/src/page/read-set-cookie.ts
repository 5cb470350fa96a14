/** A Set-Cookie header as browsers read it (RFC 6265 section 5.2), attributes kept even where they contradict each other. */

export interface ReadCookie {
	readonly name: string;
	readonly valueLength: number;
	readonly secure: boolean;
	readonly httpOnly: boolean;
	/** As written, in lower case; null when absent. */
	readonly sameSite: string | null;
	/** Without leading dot, in lower case; null for the host alone. */
	readonly domain: string | null;
	readonly path: string | null;
	/** Seconds. */
	readonly maxAge: number | null;
	/** Milliseconds since the epoch; null when absent or unreadable. */
	readonly expiresAt: number | null;
	/** Name and value together, in bytes. */
	readonly size: number;
}

export function readSetCookie(header: string): ReadCookie {
	const [pair = '', ...rest] = header.split(';');
	const at = pair.indexOf('=');
	const name = (at < 0 ? '' : pair.slice(0, at)).trim();
	const value = (at < 0 ? pair : pair.slice(at + 1)).trim();
	const attributes = new Map<string, string>();
	for (const part of rest) {
		const equals = part.indexOf('=');
		attributes.set((equals < 0 ? part : part.slice(0, equals)).trim().toLowerCase(), equals < 0 ? '' : part.slice(equals + 1).trim());
	}
	const domain = (attributes.get('domain') ?? '').replace(/^\./, '').toLowerCase();
	const maxAge = Number(attributes.get('max-age') ?? 'none');
	const expiresAt = Date.parse(attributes.get('expires') ?? '');
	return {
		name,
		valueLength: value.length,
		secure: attributes.has('secure'),
		httpOnly: attributes.has('httponly'),
		sameSite: attributes.get('samesite')?.toLowerCase() ?? null,
		domain: domain === '' ? null : domain,
		path: attributes.get('path') ?? null,
		maxAge: Number.isInteger(maxAge) ? maxAge : null,
		expiresAt: Number.isNaN(expiresAt) ? null : expiresAt,
		size: Buffer.byteLength(name) + Buffer.byteLength(value),
	};
}

/** By name, as scanners do: the value says nothing about what a cookie is for. */
export function isSessionLike(name: string): boolean {
	return /sess|sid\b|^sid|auth|login|jwt|token|connect\.sid|remember/i.test(name) && !isCsrfLike(name);
}

export function isCsrfLike(name: string): boolean {
	return /csrf|xsrf/i.test(name);
}
