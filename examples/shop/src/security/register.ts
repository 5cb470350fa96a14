import { type Proved, registerAccount } from '../backend/accounts.ts';
import { RefusedError } from '../backend/backend-error.ts';
import { logEvent } from '../log.ts';
import { createAttemptLimit } from './attempt-limit.ts';
import { logWait } from './log-wait.ts';
import type { WaitReason } from './tell-wait.ts';
import { BusyError } from './turns.mjs';
import { readVisitorAddress } from './visitor-address.ts';

/** New accounts of one visitor: as many as a household or a small office makes at once. */
const limit = createAttemptLimit(10, 10 * 60_000);

export type RegisterOutcome =
	| { readonly kind: 'registered'; readonly account: Proved }
	| { readonly kind: 'taken'; readonly message: string }
	| { readonly kind: 'wait'; readonly seconds: number; readonly reason: WaitReason };

/** Makes an account, within the limits. Rejects with BackendError while Convex does not answer. */
export async function register(request: Request, account: { email: string; name: string; password: string }): Promise<RegisterOutcome> {
	const visitor = readVisitorAddress(request);
	const wait = (seconds: number, reason: WaitReason): RegisterOutcome => {
		logWait('register', reason);
		return { kind: 'wait', seconds, reason };
	};
	const seconds = visitor === null ? 0 : limit.secondsToWait(visitor);
	if (seconds > 0) return wait(seconds, 'visitor');
	// Counted before the slow part, so that attempts made at the same time do not slip through together.
	if (visitor !== null) limit.recordAttempt(visitor);
	try {
		const registered = await registerAccount(account, visitor);
		logEvent('info', 'account.registered');
		return { kind: 'registered', account: registered };
	} catch (cause) {
		if (cause instanceof RefusedError && cause.code === 'taken') return { kind: 'taken', message: cause.message };
		if (visitor !== null) limit.takeBack(visitor);
		if (cause instanceof BusyError) return wait(cause.seconds, 'everyone');
		throw cause;
	}
}
