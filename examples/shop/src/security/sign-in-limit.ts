/** Attempts of one account that did not succeed, since `from`, in milliseconds since the epoch. */
interface Attempts {
	from: number;
	failures: number;
}

export interface SignInLimit {
	/** Seconds to wait before this account may try again; 0 when it may now. */
	secondsToWait(account: string): number;
	recordAttempt(account: string): void;
	recordSuccess(account: string): void;
}

const MAX_ACCOUNTS = 10_000;

/**
 * Slows down guessing: after `failures` attempts for one account within `windowMs` without success, the account waits until the window is over.
 * By account, not by address: an address in a header can be made up.
 */
export function createSignInLimit(failures = 10, windowMs = 5 * 60_000, now: () => number = Date.now): SignInLimit {
	const seen = new Map<string, Attempts>();
	const current = (account: string): Attempts | undefined => {
		const attempts = seen.get(account);
		if (attempts === undefined || now() - attempts.from < windowMs) return attempts;
		seen.delete(account);
		return undefined;
	};
	return {
		secondsToWait(account) {
			const attempts = current(account);
			return attempts === undefined || attempts.failures < failures ? 0 : Math.ceil((attempts.from + windowMs - now()) / 1000);
		},
		recordAttempt(account) {
			const attempts = current(account);
			if (attempts !== undefined) attempts.failures++;
			else {
				// The oldest entry goes first, so that made-up names cannot fill the memory.
				const oldest = seen.size >= MAX_ACCOUNTS ? seen.keys().next().value : undefined;
				if (oldest !== undefined) seen.delete(oldest);
				seen.set(account, { from: now(), failures: 1 });
			}
		},
		recordSuccess(account) {
			seen.delete(account);
		},
	};
}
