import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createTimeCorrection } from './correct-time.ts';

const NOW = 1_795_855_200_000;
const HOUR = 3_600_000;

it.each([
	['a clock that is right', NOW - 50, NOW - 1_000, NOW - 1_000],
	['a clock two minutes off: that may be the way', NOW - 120_000, NOW - 130_000, NOW - 130_000],
	['a clock an hour behind', NOW - HOUR, NOW - HOUR - 1_000, NOW - 1_000],
	['a clock an hour ahead', NOW + HOUR, NOW + HOUR - 1_000, NOW - 1_000],
	['no clock of the sender', null, NOW - 5_000, NOW - 5_000],
	['an event without a time', NOW, null, NOW],
	['an event of tomorrow', NOW, NOW + 24 * HOUR, NOW],
	['an event of last year', NOW, NOW - 365 * 24 * HOUR, NOW],
])('%s', (_name, sentAt, at, expected) => {
	expect(createTimeCorrection(sentAt, NOW)(at)).toBe(expected);
});

it('never gives a time that is more than a minute ahead or 30 days old, and keeps the order of times', () => {
	const time = fc.integer({ min: NOW - 40 * 24 * HOUR, max: NOW + 40 * 24 * HOUR });
	fc.assert(
		fc.property(fc.option(time), time, (sentAt, at) => {
			const corrected = createTimeCorrection(sentAt, NOW)(at);
			expect(corrected).toBeGreaterThanOrEqual(NOW - 30 * 24 * HOUR);
			expect(corrected).toBeLessThanOrEqual(NOW + 60_000);
		}),
	);
});
