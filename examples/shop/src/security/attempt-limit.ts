/** Attempts under one key since `from`, in milliseconds since the epoch. */
interface Attempts {
	from: number;
	count: number;
}

export interface AttemptLimit {
	/** Seconds to wait before the next attempt; 0 when it may be made now. */
	secondsToWait(key: string): number;
	recordAttempt(key: string): void;
	/** An attempt that was recorded and came to nothing does not count. */
	takeBack(key: string): void;
	/** Forgets all attempts. */
	recordSuccess(key: string): void;
}

const MAX_KEYS = 10_000;

/**
 * Bounds what is tried under one key, an account or a visitor's address: after `limit` attempts within `windowMs`, the next ones wait until the
 * window is over. Remembers the 10,000 newest keys.
 */
export function createAttemptLimit(limit: number, windowMs: number, now: () => number = Date.now): AttemptLimit {
	const seen = new Map<string, Attempts>();
	const current = (key: string): Attempts | undefined => {
		const attempts = seen.get(key);
		if (attempts === undefined || now() - attempts.from < windowMs) return attempts;
		seen.delete(key);
		return undefined;
	};
	return {
		secondsToWait(key) {
			const attempts = current(key);
			return attempts === undefined || attempts.count < limit ? 0 : Math.ceil((attempts.from + windowMs - now()) / 1000);
		},
		recordAttempt(key) {
			const attempts = current(key);
			if (attempts !== undefined) attempts.count++;
			else {
				// The oldest entry goes first, so that made-up names cannot fill the memory.
				const oldest = seen.size >= MAX_KEYS ? seen.keys().next().value : undefined;
				if (oldest !== undefined) seen.delete(oldest);
				seen.set(key, { from: now(), count: 1 });
			}
		},
		takeBack(key) {
			const attempts = current(key);
			if (attempts !== undefined && --attempts.count <= 0) seen.delete(key);
		},
		recordSuccess(key) {
			seen.delete(key);
		},
	};
}
