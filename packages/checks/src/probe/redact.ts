/** Takes secrets out of what is shown: evidence, reasons, keys. Says that something was there, never what. */

const secretHeaders = new Set(['authorization', 'proxy-authorization', 'cookie', 'x-csrf-token', 'x-api-key', 'x-auth-token']);
const secretParam = /token|secret|password|passwd|pwd|api[-_]?key|adminkey|access[-_]?key|signature|\bsig\b|session|auth|^code$|^key$/i;

/** @returns the URL without user, password, fragment, and with the values of secret-looking parameters replaced. */
export function redactUrl(raw: string): string {
	if (!URL.canParse(raw)) return redactText(raw.slice(0, 200));
	const url = new URL(raw);
	url.username = '';
	url.password = '';
	url.hash = '';
	for (const name of new Set(url.searchParams.keys())) if (secretParam.test(name)) url.searchParams.set(name, 'redacted');
	return url.href;
}

/** @returns one line of a header as it may be shown; of a Set-Cookie the name and attributes stay. */
export function redactHeader(name: string, value: string): string {
	const lower = name.toLowerCase();
	if (secretHeaders.has(lower)) return `${name}: [redacted]`;
	if (lower === 'set-cookie') return `${name}: ${redactCookie(value)}`;
	if (lower === 'location') return `${name}: ${/^https?:/i.test(value) ? redactUrl(value) : redactText(value)}`;
	return `${name}: ${redactText(value)}`;
}

export function redactCookie(setCookie: string): string {
	return setCookie.replace(/^([^=;]*)=([^;]*)/, (_, name: string, value: string) => `${name.trim()}=[${value.length} characters]`);
}

/** Masks what looks like a credential inside free text. */
export function redactText(text: string): string {
	return text
		.replace(/\/\/[^/\s:@]+:[^/\s@]+@/g, '//[redacted]@')
		.replace(/\b(bearer|basic|convex)\s+[\w.~+/=|:-]{8,}/gi, '$1 [redacted]')
		.replace(
			/([?&;]|\b)((?:[\w-]*(?:token|secret|password|passwd|adminkey|api[-_]?key|signature)[\w-]*))(["']?\s*[=:]\s*["']?)([^\s"'&,;}<]+)/gi,
			'$1$2$3[redacted]',
		)
		.replace(/\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g, '[redacted]');
}
