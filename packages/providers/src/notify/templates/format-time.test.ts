import { expect, it } from 'vitest';
import { formatInstant, formatLasted } from './format-time.ts';

const at = Date.parse('2026-03-04T03:02:10Z');

it.each([
	['2026-03-04T02:58:59Z', '02:58 UTC'],
	['2026-03-03T23:59:00Z', '2026-03-03 23:59 UTC'],
])('%s is %s', (time, shown) => expect(formatInstant(Date.parse(time), at)).toBe(shown));

it('what is no time has no form', () => {
	expect([Number.NaN, Number.POSITIVE_INFINITY, 9e15].map((time) => formatInstant(time, at))).toEqual([null, null, null]);
});

it.each([
	[-5, '0 s'],
	[Number.NaN, '0 s'],
	[12_900, '12 s'],
	[240_000, '4 min'],
	[3_600_000, '1 h'],
	[11_100_000, '3 h 5 min'],
	[172_800_000, '2 d'],
	[534_000_000, '6 d 4 h'],
])('%s ms are %s', (ms, shown) => expect(formatLasted(ms)).toBe(shown));
