import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addTo, countOf, decode, emptyHistogram, encode, findBucket, merge, percentile } from './histogram.ts';

const durations = fc.array(fc.double({ min: 1, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 200 });
const of = (values: readonly number[]) => addTo(emptyHistogram, values);
const nearestRank = (values: readonly number[], share: number) =>
	[...values].sort((a, b) => a - b)[Math.max(1, Math.ceil(share * values.length)) - 1] ?? Number.NaN;

describe('a histogram of durations', () => {
	it('tells any percentile within 2 %', () => {
		fc.assert(
			fc.property(durations, fc.double({ min: 0, max: 1, noNaN: true }), (values, share) => {
				const exact = nearestRank(values, share);
				expect(Math.abs((percentile(of(values), share) ?? 0) - exact) / exact).toBeLessThanOrEqual(0.02);
			}),
		);
	});

	it('is the same whether merged or made at once, in any order', () => {
		fc.assert(
			fc.property(durations, durations, (some, others) => {
				const whole = encode(of([...others, ...some]));
				expect(encode(merge(of(some), of(others))).equals(whole)).toBe(true);
				expect(countOf(decode(whole))).toBe(some.length + others.length);
			}),
		);
	});

	it('comes back from its bytes', () => {
		fc.assert(
			fc.property(durations, (values) => {
				expect(decode(encode(of(values)))).toEqual(of(values));
			}),
		);
		expect(encode(emptyHistogram)).toHaveLength(0);
	});

	it('takes few bytes: an hour of samples around one value', () => {
		const hour = Array.from({ length: 3600 }, (_, index) => 20 + (index % 40));
		expect(encode(of(hour)).length).toBeLessThan(200);
	});

	it('refuses what is no duration, and bytes that are cut', () => {
		for (const value of [-1, Number.NaN, Number.POSITIVE_INFINITY]) expect(() => findBucket(value)).toThrow(RangeError);
		expect(() => decode(encode(of([1e5])).subarray(0, 1))).toThrow(/ends within a number/);
		expect(percentile(emptyHistogram, 0.5)).toBeNull();
	});
});
