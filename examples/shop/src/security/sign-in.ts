import { authenticate, beginSession, normalizeEmail } from '../backend/accounts.ts';
import { logEvent } from '../log.ts';
import { csrf } from './csrf.ts';
import { sessionSeconds, sessions } from './sessions.ts';
import { createSignInLimit } from './sign-in-limit.ts';

const limit = createSignInLimit();

export type SignInOutcome =
	| {
			readonly kind: 'signed-in';
			readonly account: { id: string; email: string; name: string };
			readonly cookies: readonly string[];
			readonly token: string | null;
	  }
	| { readonly kind: 'wrong' }
	| { readonly kind: 'wait'; readonly seconds: number }
	| { readonly kind: 'insecure'; readonly message: string }
	/** The application cannot seal a session; the log names the variable. */
	| { readonly kind: 'misconfigured' };

/** Checks e-mail and password and begins a session, with a new token for it. Rejects with BackendError while Convex does not answer. */
export async function signIn(request: Request, email: string, password: string): Promise<SignInOutcome> {
	if (isMisconfigured()) return { kind: 'misconfigured' };
	const key = normalizeEmail(email).slice(0, 254);
	const seconds = limit.secondsToWait(key);
	if (seconds > 0) return { kind: 'wait', seconds };

	// Counted before the slow part, so that attempts made at the same time do not slip through together.
	limit.recordAttempt(key);
	const account = password.length <= 1024 ? await authenticate(email, password) : null;
	if (account === null) {
		logEvent('warn', 'sign-in.refused', { reason: 'wrong' });
		return { kind: 'wrong' };
	}
	limit.recordSuccess(key);

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
		account: { id: account.id, email: account.email, name: account.name },
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
