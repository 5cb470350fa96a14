/** Whether the cookies of a sign-in are kept, and what asking again said. Pure. */
import type { Finding, Outcome } from '../../contract.ts';
import { isCsrfLike, readSetCookie } from '../../page/read-set-cookie.ts';
import type { Look } from '../../sign-in/look-signed-in.ts';

/**
 * @param kept names of the cookies that a browser would send to where the sign-in ended.
 * @returns a finding when no cookie that could hold a session came or is kept.
 */
export function judgeCookiesKept(setCookies: readonly string[], kept: readonly string[], origin: string): Finding | null {
	const set = setCookies.map(readSetCookie).filter(({ name, valueLength }) => !isCsrfLike(name) && valueLength > 0);
	if (set.some(({ name }) => kept.includes(name))) return null;
	// Set by the page before: then it is in the jar, though the answer to the form set none.
	if (set.length === 0 && kept.some((name) => !isCsrfLike(name))) return null;
	const [first] = set;
	if (first === undefined)
		return {
			code: 'session.no-cookie',
			severity: 'fail',
			message: 'The form was accepted, and no session cookie was set',
			fix: 'look at SESSION_SECRET and at the application’s log; something in front may take Set-Cookie away',
		};
	return {
		code: 'session.no-cookie',
		severity: 'fail',
		message: `The session cookie ${first.name} was set and is not kept by browsers on ${origin} (${describeWhy(first, origin)})`,
		fix: 'holdfast check http.cookies; use https, or the host for which the cookie is meant',
	};
}

function describeWhy({ secure, domain, size, maxAge }: ReturnType<typeof readSetCookie>, origin: string): string {
	if (size > 4096) return `${size} bytes, at most 4096 are kept`;
	if (secure && origin.startsWith('http:')) return 'Secure on plain http';
	if (domain !== null) return `meant for ${domain}`;
	return maxAge !== null && maxAge <= 0 ? 'it ends at once' : 'its attributes do not fit';
}

/** @param looks in order; the last one decides. @param seconds between the first and the last, when that was a later one; null: all at once. */
export function judgeLook(looks: readonly Look[], seconds: number | null): Outcome {
	const last = looks.at(-1);
	if (last === undefined) return { state: 'unknown', reason: 'There was no time to ask again', enable: 'holdfast check auth.session' };
	switch (last.state) {
		case 'signed-in':
			return {
				state: 'ok',
				reason: `Signed in on the next ${looks.length === 1 ? 'request' : 'requests'}${seconds === null ? '' : ` and after ${seconds} s`}`,
			};
		case 'signed-out': {
			const before = looks.length - 1;
			const sometimes = before === 0 ? 'the next request is not signed in' : `of ${looks.length} requests the last is not signed in`;
			const finding: Finding = {
				code: seconds === null ? 'session.lost' : 'session.lost-later',
				severity: 'fail',
				message:
					seconds === null
						? `The cookie is kept and sent, and ${sometimes} (${last.saw})`
						: `Signed in at first, and no longer after ${seconds} s (${last.saw})`,
				fix: 'look at SESSION_SECRET: the same in every instance, and not changed (holdfast check env.secret name=SESSION_SECRET); and at how long sessions last',
			};
			return { state: 'fail', reason: finding.message, findings: [finding] };
		}
		case 'error':
			return { state: 'unknown', reason: `Whether the session holds cannot be told: ${last.saw}`, enable: 'holdfast check http.status' };
		case 'cannot-tell':
			return {
				state: 'unknown',
				reason: 'Signed in or not, the pages look the same, so it cannot be told whether the session holds',
				enable: 'give the application a route /api/session that answers {"signedIn": true}',
			};
		default:
			return last.state satisfies never;
	}
}
