/**
 * A cookie jar that keeps and sends cookies as browsers do, on tough-cookie: `Secure` and `__Host-` cookies are also kept on
 * plain http where the origin is the machine itself (localhost, *.localhost, 127.0.0.0/8, ::1), as Chromium and Firefox do.
 */
import { type Cookie, CookieJar as ToughCookieJar } from 'tough-cookie';

export interface CookieJar {
	/** Keeps what a browser would keep, drops the rest without a word. */
	store(url: string, setCookies: readonly string[]): void;
	/** @returns the value of the Cookie header for a request to `url`, empty when there is none. */
	header(url: string): string;
	/** Names of the cookies that would be sent to `url`. */
	names(url: string): readonly string[];
	/** @returns the value of a cookie that would be sent to `url`, or null. */
	value(url: string, name: string): string | null;
}

/** Name and value together, in bytes: what browsers keep at most (RFC 6265bis, section 5.7). */
const maxBytes = 4096;

function fits(cookie: string): boolean {
	const [pair = ''] = cookie.split(';', 1);
	return Buffer.byteLength(pair.trim()) - 1 <= maxBytes;
}

export function createCookieJar(): CookieJar {
	// Most runs meet no cookie at all, and asking an empty jar costs as much as asking a full one.
	let jar: ToughCookieJar | null = null;
	const listCookies = (url: string): readonly Cookie[] => jar?.getCookiesSync(url) ?? [];
	return {
		store: (url, setCookies) => {
			if (setCookies.length === 0) return;
			jar ??= new ToughCookieJar(undefined, { allowSecureOnLocal: true, prefixSecurity: 'silent', rejectPublicSuffixes: true });
			for (const cookie of setCookies) if (fits(cookie)) jar.setCookieSync(cookie, url, { ignoreError: true });
		},
		header: (url) => jar?.getCookieStringSync(url) ?? '',
		names: (url) => listCookies(url).map((cookie) => cookie.key),
		value: (url, name) => listCookies(url).find((cookie) => cookie.key === name)?.value ?? null,
	};
}
