import { authenticate, beginSession, normalizeEmail, type Proved } from '../backend/accounts.ts';
import { logEvent } from '../log.ts';
import { type AttemptLimit, createAttemptLimit } from './attempt-limit.ts';
import { csrf } from './csrf.ts';
import { logWait } from './log-wait.ts';
import { sessionSeconds, sessions } from './sessions.ts';
import type { WaitReason } from './tell-wait.ts';
import { BusyError } from './turns.mjs';
import { readVisitorAddress } from './visitor-address.ts';

/** Slows down guessing. By account, because addresses are cheap to change. */
const accountLimit = createAttemptLimit(10, 5 * 60_000);
/** And by visitor, so that one of them cannot try one password on every account. Wide, because an office may have one address. */
const visitorLimit = createAttemptLimit(60, 5 * 60_000);

export type SessionOutcome =
	| {
			readonly kind: 'signed-in';
			readonly account: Proved;
			readonly cookies: readonly string[];
			readonly token: string | null;
	  }
	| { readonly kind: 'insecure'; readonly message: string }
	/** The application cannot seal a session; the log names the variable. */
	| { readonly kind: 'misconfigured' };

export type SignInOutcome =
	| SessionOutcome
	| { readonly kind: 'wrong' }
	| { readonly kind: 'wait'; readonly seconds: number; readonly reason: WaitReason };

/** Checks e-mail and password and begins a session, with a new token for it. Rejects with BackendError while Convex does not answer. */
export async function signIn(request: Request, email: string, password: string): Promise<SignInOutcome> {
	if (isMisconfigured()) return { kind: 'misconfigured' };
	const name = normalizeEmail(email).slice(0, 254);
	const limits: [AttemptLimit, string, WaitReason][] = [[accountLimit, name, 'account']];
	const visitor = readVisitorAddress(request);
	if (visitor !== null) limits.push([visitorLimit, visitor, 'visitor']);
	for (const [limit, key, reason] of limits) {
		const seconds = limit.secondsToWait(key);
		if (seconds > 0) return wait(seconds, reason);
	}

	// Counted before the slow part, so that attempts made at the same time do not slip through together.
	for (const [limit, key] of limits) limit.recordAttempt(key);
	let account: Proved | null;
	try {
		account = password.length <= 1024 ? await authenticate(email, password, visitor) : null;
	} catch (cause) {
		for (const [limit, key] of limits) limit.takeBack(key);
		if (cause instanceof BusyError) return wait(cause.seconds, 'everyone');
		throw cause;
	}
	if (account === null) {
		logEvent('warn', 'sign-in.refused', { reason: 'wrong' });
		return { kind: 'wrong' };
	}
	accountLimit.recordSuccess(name);
	return await openSession(request, account);
}

function wait(seconds: number, reason: WaitReason): SignInOutcome {
	logWait('sign-in', reason);
	return { kind: 'wait', seconds, reason };
}

/** Begins the session of an account whose owner has just proved to be it. Rejects with BackendError while Convex does not answer. */
export async function openSession(request: Request, account: Proved): Promise<SessionOutcome> {
	const begun = await sessions.signIn(request, account.id);
	if (!begun.ok) {
		if (begun.problem.kind === 'insecure-origin') return { kind: 'insecure', message: begun.problem.message };
		return { kind: 'misconfigured' };
	}
	await beginSession(begun.session, (begun.session.iat + sessionSeconds) * 1000);
	const issued = csrf.issue(request, begun.session.sid);
	logEvent('info', 'sign-in.done', { account: account.id });
	return {
		kind: 'signed-in',
		account,
		cookies: issued.ok ? [begun.setCookie, issued.setCookie] : [begun.setCookie],
		token: issued.ok ? issued.token : null,
	};
}

/** Whether sessions cannot be sealed at all; says so in the log, with the variable and its length. */
export function isMisconfigured(): boolean {
	if (sessions.problem === null) return false;
	const { variable, length, message } = sessions.problem;
	logEvent('error', 'sign-in.misconfigured', { variable, length, message });
	return true;
}
