import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type TokenBucket, takeTokens } from './token-bucket.ts';

const quota = { perSecond: 10, burst: 20 };

it('lets a burst through, then as much as flows in', () => {
	let bucket: TokenBucket | undefined;
	const take = (amount: number, now: number): number => {
		const verdict = takeTokens(bucket, quota, { amount, now });
		bucket = verdict.bucket;
		return verdict.ok ? 0 : verdict.retryAfterMs;
	};
	expect(take(20, 0)).toBe(0);
	expect(take(1, 0)).toBe(100);
	expect(take(1, 98)).toBeLessThanOrEqual(3);
	expect(take(1, 100)).toBe(0);
	expect(take(21, 60_000)).toBe(0);
	expect(take(1, 60_000)).toBe(200);
});

it('lets in whoever waited as told, though parts of a second do not add up exactly', () => {
	let bucket: TokenBucket | undefined;
	for (const [amount, now] of [
		[16, 0],
		[6, 821],
		[4, 942],
	] as const)
		bucket = takeTokens(bucket, quota, { amount, now }).bucket;
	const refused = takeTokens(bucket, quota, { amount: 14, now: 996 });
	if (refused.ok) throw new Error('expected a refusal');
	expect(takeTokens(refused.bucket, quota, { amount: 14, now: 996 + refused.retryAfterMs }).ok).toBe(true);
});

it('fills nothing when the clock goes back, and is not confused when it comes again', () => {
	const { bucket } = takeTokens(undefined, quota, { amount: 20, now: 10_000 });
	expect(takeTokens(bucket, quota, { amount: 1, now: 0 }).ok).toBe(false);
	expect(takeTokens(bucket, quota, { amount: 1, now: 10_100 }).ok).toBe(true);
});

it('lets nothing through where nothing is allowed, and says when to come again all the same', () => {
	for (const none of [
		{ perSecond: 0, burst: 0 },
		{ perSecond: 5, burst: 0 },
	])
		expect(takeTokens(undefined, none, { amount: 1, now: 0 })).toMatchObject({ ok: false, retryAfterMs: 3_600_000 });
});

it('never lets more through in a time than the burst and what flows in, and whoever waits as told gets in', () => {
	const step = fc.record({ wait: fc.nat(2_000), amount: fc.integer({ min: 1, max: 20 }) });
	fc.assert(
		fc.property(fc.array(step, { maxLength: 50 }), (steps) => {
			let bucket: TokenBucket | undefined;
			let [now, passed] = [0, 0];
			for (const { wait, amount } of steps) {
				now += wait;
				const verdict = takeTokens(bucket, quota, { amount, now });
				bucket = verdict.bucket;
				if (verdict.ok) passed += amount;
				else expect(takeTokens(bucket, quota, { amount, now: now + verdict.retryAfterMs }).ok).toBe(true);
			}
			expect(passed).toBeLessThanOrEqual(quota.burst + (now / 1000) * quota.perSecond + 1e-3);
		}),
	);
});
