import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isTooFarAhead, lateness, nextSlot, phaseOf } from './decide.ts';

const every = fc.integer({ min: 1000, max: 86_400_000 });
const time = fc.integer({ min: 1.7e12, max: 1.8e12 });

describe('the next run', () => {
	it('lies on the grid of the last, is the first after now, and what lies between was missed', () => {
		fc.assert(
			fc.property(time, every, fc.integer({ min: -10_000, max: 10_000_000 }), (dueAt, everyMs, afterMs) => {
				const now = dueAt + afterMs;
				const next = nextSlot({ dueAt, everyMs, isFirst: false }, now, 0);
				expect((next.dueAt - dueAt) % everyMs).toBe(0);
				expect(next.dueAt).toBeGreaterThan(Math.max(now, dueAt));
				expect(next.dueAt - everyMs).toBeLessThanOrEqual(Math.max(now, dueAt));
				expect(next.missed).toBe((next.dueAt - dueAt) / everyMs - 1);
			}),
		);
	});

	it('after the first look is spread over the interval', () => {
		const next = Array.from({ length: 1000 }, (_, id) => nextSlot({ dueAt: 0, everyMs: 60_000, isFirst: true }, 0, phaseOf(id)).dueAt);
		const seconds = next.map((dueAt) => Math.floor(dueAt / 1000));
		const fullest = Math.max(...seconds.map((second) => seconds.filter((other) => other === second).length));
		expect(fullest).toBeLessThan(50);
		expect(Math.min(...next)).toBeGreaterThanOrEqual(1000);
		expect(Math.max(...next)).toBeLessThan(61_000);
	});

	it('an hour of standstill is counted, not made up for', () => {
		expect(nextSlot({ dueAt: 0, everyMs: 20_000, isFirst: false }, 3_600_000, 0)).toEqual({ dueAt: 3_620_000, missed: 180 });
	});

	it('says how late a run began, and what lies too far ahead', () => {
		expect(lateness(1000, 1012.4, 20_000)).toBe(12);
		expect(lateness(1000, 900, 20_000)).toBe(0);
		expect(lateness(1000, 1000 + 17 * 60_000 + 30, 20_000)).toBe(30);
		expect(isTooFarAhead({ dueAt: 3_600_000, everyMs: 20_000 }, 0)).toBe(true);
		expect(isTooFarAhead({ dueAt: 20_000, everyMs: 20_000 }, 0)).toBe(false);
	});
});
