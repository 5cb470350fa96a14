/** What browsers do with a cookie set at a URL, and what they would advise. Rules of RFC 6265bis, section 5.7. Pure. */
import type { Finding } from '../../contract.ts';
import { isSessionLike, type ReadCookie } from '../../page/read-set-cookie.ts';
import { classifyAddress, readLiteralAddress } from '../../probe/addresses.ts';

/** Largest name and value together that browsers keep, in bytes (RFC 6265bis, section 5.7, step 3). */
const maxSize = 4096;

/** @param now milliseconds since the epoch. @returns what is wrong, in words without the cookie's value. */
export function judgeCookie(cookie: ReadCookie, url: URL, now: number): readonly Finding[] {
	return [...findDropped(cookie, url), ...findLifetime(cookie, now), ...findWeak(cookie, url)];
}

/** A failure each: the browser throws the cookie away without a word, and what rests on it never works. */
function findDropped(cookie: ReadCookie, url: URL): readonly Finding[] {
	const findings: Finding[] = [];
	const drop = (code: string, why: string, fix: string): void => {
		findings.push({ code, severity: 'fail', message: `Browsers drop the cookie ${cookie.name}: ${why}`, fix });
	};
	if (cookie.secure && !isTrustworthy(url))
		drop(
			'cookie.secure-over-http',
			`it is Secure, but ${url.origin} is plain http`,
			'serve the application over https; or set the cookie without Secure on plain http',
		);
	if (cookie.sameSite === 'none' && !cookie.secure)
		drop('cookie.none-without-secure', 'SameSite=None needs Secure', 'add Secure, or use SameSite=Lax');
	if (cookie.domain !== null && !matchesDomain(url.hostname, cookie.domain))
		drop('cookie.domain', `its Domain is ${cookie.domain}, the host is ${url.hostname}`, 'leave Domain out, or set it to the host in use');
	if (cookie.name.startsWith('__Host-') && (!cookie.secure || cookie.domain !== null || cookie.path !== '/')) {
		const missing = [
			...(cookie.secure ? [] : ['has no Secure']),
			...(cookie.domain === null ? [] : ['has a Domain']),
			...(cookie.path === '/' ? [] : ['has no Path=/']),
		].join(', ');
		drop('cookie.prefix', `__Host- asks for Secure, Path=/ and no Domain; it ${missing}`, 'correct the attributes, or drop the prefix');
	}
	if (cookie.name.startsWith('__Secure-') && !cookie.secure) drop('cookie.prefix', '__Secure- asks for Secure', 'add Secure');
	if (cookie.size > maxSize)
		drop('cookie.size', `it is ${cookie.size} bytes, more than ${maxSize}`, 'keep less in it: an id, with the rest on the server');
	return findings;
}

function findLifetime(cookie: ReadCookie, now: number): readonly Finding[] {
	const over = cookie.maxAge !== null ? cookie.maxAge <= 0 : cookie.expiresAt !== null && cookie.expiresAt <= now;
	// An empty value with an end in the past is how cookies are deleted.
	if (!over || cookie.valueLength === 0) return [];
	const how = cookie.maxAge !== null ? `Max-Age=${cookie.maxAge}` : `Expires ${new Date(cookie.expiresAt ?? 0).toISOString()}`;
	return [
		{
			code: 'cookie.expired',
			severity: 'fail',
			message: `The cookie ${cookie.name} has ended when it is set (${how})`,
			fix: 'look at the lifetime given, its unit (seconds), and the server’s clock',
		},
	];
}

function findWeak(cookie: ReadCookie, url: URL): readonly Finding[] {
	const findings: Finding[] = [];
	const warn = (code: string, message: string, fix: string): void => {
		findings.push({ code, severity: 'warn', message, fix });
	};
	const session = isSessionLike(cookie.name);
	const kind = session ? 'The session cookie' : 'The cookie';
	if (!cookie.secure && url.protocol === 'https:')
		warn('cookie.not-secure', `${kind} ${cookie.name} is also sent over plain http: it has no Secure`, 'add Secure');
	if (session && !cookie.httpOnly)
		warn('cookie.not-http-only', `${kind} ${cookie.name} can be read by scripts: it has no HttpOnly`, 'add HttpOnly');
	if (session && cookie.sameSite === null)
		warn(
			'cookie.no-same-site',
			`${kind} ${cookie.name} has no SameSite, which browsers take for Lax, each in its own way`,
			'add SameSite=Lax',
		);
	if (cookie.sameSite !== null && !['strict', 'lax', 'none'].includes(cookie.sameSite))
		warn(
			'cookie.same-site',
			`${kind} ${cookie.name} has SameSite=${cookie.sameSite.slice(0, 20)}, expected Strict, Lax or None`,
			'correct SameSite',
		);
	if (session && cookie.path !== null && cookie.path !== '/')
		warn(
			'cookie.path',
			`${kind} ${cookie.name} is sent only below ${cookie.path.slice(0, 60)}`,
			'use Path=/ if all pages need the session',
		);
	return findings;
}

/** Where browsers accept Secure cookies: https, and plain http on the machine itself. */
export function isTrustworthy(url: URL): boolean {
	if (url.protocol === 'https:') return true;
	const host = url.hostname.toLowerCase();
	if (host === 'localhost' || host.endsWith('.localhost')) return true;
	const literal = readLiteralAddress(host);
	return literal !== null && classifyAddress(literal) === 'loopback' && literal !== '0.0.0.0' && literal !== '::';
}

function matchesDomain(host: string, domain: string): boolean {
	return host === domain || (readLiteralAddress(host) === null && host.endsWith(`.${domain}`));
}
