import type { Quota } from './category.ts';

/** How much is left, as of a time. Below 0 after something that was larger than the whole bucket. */
export interface TokenBucket {
	readonly tokens: number;
	readonly at: number;
}

export type TokenVerdict =
	| { readonly ok: true; readonly bucket: TokenBucket }
	/** `retryAfterMs`: when as much as was asked for will be there. */
	| { readonly ok: false; readonly bucket: TokenBucket; readonly retryAfterMs: number };

/**
 * Takes `amount` out of a bucket that fills by `perSecond` up to `burst`. Refused, nothing is taken. An amount above `burst` passes a full bucket and leaves a
 * debt: it would never pass otherwise. A clock that goes back fills nothing. Pure; `now` in milliseconds.
 */
export function takeTokens(
	bucket: TokenBucket | undefined,
	{ perSecond, burst }: Quota,
	{ amount, now }: { readonly amount: number; readonly now: number },
): TokenVerdict {
	const tokens = bucket === undefined ? burst : Math.min(burst, bucket.tokens + (Math.max(0, now - bucket.at) / 1000) * perSecond);
	const filled = { tokens, at: bucket === undefined ? now : Math.max(now, bucket.at) };
	const needed = Math.min(amount, burst);
	// Parts of a second do not add up exactly: whoever waits as told must get in.
	if (tokens + 1e-6 >= needed && burst > 0) return { ok: true, bucket: { ...filled, tokens: tokens - amount } };
	const wait = perSecond > 0 && burst > 0 ? ((needed - tokens) / perSecond) * 1000 : 3_600_000;
	return { ok: false, bucket: filled, retryAfterMs: Math.ceil(wait) };
}
