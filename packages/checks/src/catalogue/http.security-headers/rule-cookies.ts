import { isCsrfLike, isSessionLike, type ReadCookie } from '../../page/read-set-cookie.ts';
import type { JudgedResponse, Modifier } from './modifier.ts';

/** Cookies: +5 to −40; the worst one counts. */
export function judgeCookies({ cookies, headers, url }: JudgedResponse): readonly Modifier[] {
	if (cookies.length === 0) return [];
	const hsts = headers['strict-transport-security'] !== undefined;
	const secure = url.protocol === 'https:';
	const worst = cookies.map((cookie) => judgeOne(cookie, hsts, secure)).toSorted((a, b) => a.points - b.points)[0];
	if (worst !== undefined && worst.points < 0) return [worst];
	const allStrict = cookies.every(
		(cookie) => (cookie.secure || !secure) && cookie.sameSite !== null && (!isSessionLike(cookie.name) || cookie.httpOnly),
	);
	return [
		allStrict
			? { code: 'headers.cookies-strict', points: 5, message: 'Cookies are Secure, HttpOnly where it matters, and have SameSite' }
			: { code: 'headers.cookies', points: 0, message: 'Cookies are guarded' },
	];
}

/** Over plain http on the machine itself Secure is not asked for: `secure` is false there. */
function judgeOne(cookie: ReadCookie, hsts: boolean, secure: boolean): Modifier {
	const session = isSessionLike(cookie.name);
	const { name } = cookie;
	if (session && !cookie.secure && secure) {
		return hsts
			? {
					code: 'headers.cookies-session-hsts',
					points: -10,
					message: `The session cookie ${name} has no Secure; Strict-Transport-Security softens that`,
					fix: 'add Secure',
				}
			: { code: 'headers.cookies-session-not-secure', points: -40, message: `The session cookie ${name} has no Secure`, fix: 'add Secure' };
	}
	if (session && !cookie.httpOnly)
		return {
			code: 'headers.cookies-session-script',
			points: -30,
			message: `The session cookie ${name} has no HttpOnly`,
			fix: 'add HttpOnly',
		};
	if (cookie.sameSite !== null && !['strict', 'lax', 'none'].includes(cookie.sameSite))
		return {
			code: 'headers.cookies-same-site',
			points: -20,
			message: `The cookie ${name} has a SameSite that browsers do not know`,
			fix: 'use Strict, Lax or None',
		};
	if (isCsrfLike(name) && cookie.sameSite === null)
		return {
			code: 'headers.cookies-csrf',
			points: -20,
			message: `The anti-CSRF cookie ${name} has no SameSite`,
			fix: 'add SameSite=Lax or Strict',
		};
	if (!cookie.secure && secure) {
		return hsts
			? {
					code: 'headers.cookies-hsts',
					points: -5,
					message: `The cookie ${name} has no Secure; Strict-Transport-Security softens that`,
					fix: 'add Secure',
				}
			: { code: 'headers.cookies-not-secure', points: -20, message: `The cookie ${name} has no Secure`, fix: 'add Secure' };
	}
	return { code: 'headers.cookies', points: 0, message: `The cookie ${name} is guarded` };
}
