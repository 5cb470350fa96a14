import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeTestDatabase, type TestDatabase } from '../fixtures/test-database.ts';
import { addTo, emptyHistogram, encode } from '../storage/histogram.ts';
import { GRAIN_MS } from './decide.ts';
import { readAvailability } from './read-availability.ts';
import { grainFor, readHistory, stepFor } from './read-history.ts';

const DAY = GRAIN_MS.d;
const today = Math.floor(1_790_000_000_000 / DAY) * DAY;
let database: TestDatabase;
beforeAll(async () => {
	database = await makeTestDatabase();
}, 120_000);
afterAll(() => database.drop());

async function write(monitor: number, grain: 'm' | 'h' | 'd', at: number, counts: readonly [number, number, number, number], ms: number[]) {
	await database.pool.query(
		'insert into rollup (monitor_id, grain, at, ok, warn, fail, unknown, durations) values ($1, $2, $3, $4, $5, $6, $7, $8)',
		[monitor, grain, new Date(at), ...counts, encode(addTo(emptyHistogram, ms))],
	);
}

it('reads the finest grain that reaches back so far, in at most 300 points', () => {
	expect([DAY, 7 * DAY, 90 * DAY].map(grainFor)).toEqual(['m', 'h', 'd']);
	expect(stepFor(DAY, 'm')).toBe(5 * 60_000);
	expect([7 * DAY, 31 * DAY].map((span) => Math.ceil(span / stepFor(span, 'h')))).toEqual([168, 248]);
});

it('merges what falls into one point, and leaves a gap where nobody looked', async () => {
	const from = today - DAY;
	await write(1, 'm', from, [1, 0, 0, 0], [10]);
	await write(1, 'm', from + 60_000, [0, 0, 1, 0], [1000]);
	await write(1, 'm', from + 3_600_000, [0, 0, 0, 1], []);
	await write(2, 'm', from, [5, 0, 0, 0], [1]);
	const { stepMs, points } = await readHistory(database.pool, { monitorId: 1, from, to: today });
	expect(stepMs).toBe(300_000);
	expect(points).toMatchObject([
		{ at: from, ok: 1, warn: 0, fail: 1, unknown: 0 },
		{ at: from + 3_600_000, ok: 0, unknown: 1, p50Ms: null, p95Ms: null },
	]);
	expect(points[0]?.p50Ms).toBeCloseTo(10, 0);
	expect(Math.abs((points[0]?.p99Ms ?? 0) - 1000)).toBeLessThan(20);
});

it('availability counts answers only: unknown is neither up nor down', async () => {
	await write(3, 'd', today - 2 * DAY, [8, 1, 1, 5], [1]);
	await write(3, 'd', today - DAY, [0, 0, 0, 7], []);
	await write(4, 'd', today - DAY, [10, 0, 0, 0], [1]);
	await write(4, 'd', today - 100 * DAY, [10, 0, 0, 0], [1]);
	const days = await readAvailability(database.pool, { from: today - 90 * DAY, to: today });
	expect(days).toEqual([
		{
			monitorId: 3,
			days: [
				{ at: today - 2 * DAY, up: 9, down: 1, unknown: 5, share: 0.9 },
				{ at: today - DAY, up: 0, down: 0, unknown: 7, share: null },
			],
		},
		{ monitorId: 4, days: [{ at: today - DAY, up: 10, down: 0, unknown: 0, share: 1 }] },
	]);
	expect(await readAvailability(database.pool, { from: today - 90 * DAY, to: today, monitors: [4] })).toHaveLength(1);
});
