import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makeTestDatabase, type TestDatabase } from '../fixtures/test-database.ts';
import { ensurePartitions } from '../observe/partitions.ts';
import { readRetention } from '../retention/decide.ts';
import { dropOld } from '../retention/work.ts';
import { decode, percentile } from '../storage/histogram.ts';
import type { Database } from '../storage/open-database.ts';
import { coarsen, minutesDue } from './decide.ts';
import { rollUp } from './work.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const midnight = Date.parse('2026-11-28T00:00:00Z');
let now = midnight;
let real: TestDatabase;
let database: Database;
beforeAll(async () => {
	real = await makeTestDatabase();
	database = { ...real, now: async () => now };
}, 120_000);
afterAll(() => real.drop());
beforeEach(async () => {
	await real.pool.query('truncate rollup, observation');
	await ensurePartitions(real, [midnight - DAY, midnight]);
});

async function put(samples: readonly (readonly [at: number, state: number, durationMs: number])[]): Promise<void> {
	await real.pool.query(
		"insert into observation (monitor_id, at, state, duration_ms, reason) select 1, *, '' from unnest($1::timestamptz[], $2::smallint[], $3::real[])",
		[samples.map(([at]) => new Date(at)), samples.map(([, state]) => state), samples.map(([, , durationMs]) => durationMs)],
	);
}
async function read(grain: string) {
	const { rows } = await real.pool.query('select at, ok, warn, fail, unknown, durations from rollup where grain = $1 order by at', [grain]);
	return rows.map(({ at, ok, warn, fail, unknown, durations }) => ({
		at: at.getTime() - midnight,
		counts: [ok, warn, fail, unknown],
		durations,
	}));
}

describe('rolling up', () => {
	it('minutes, hours and days tell the same, and percentiles are within 2 %', async () => {
		const durations = Array.from({ length: 180 }, (_, index) => 20 + index);
		await put(durations.map((durationMs, index) => [midnight + index * 20_000, index % 60 === 0 ? 2 : 0, durationMs]));
		now = midnight + HOUR + 1000;
		expect(await rollUp(database, { thorough: true })).toEqual({ minutes: 60, hours: 1, days: 1 });
		expect((await read('m'))[0]).toMatchObject({ at: 0, counts: [2, 0, 1, 0] });
		for (const grain of ['h', 'd']) {
			const [unit, ...others] = await read(grain);
			expect(others).toEqual([]);
			expect(unit).toMatchObject({ at: 0, counts: [177, 0, 3, 0] });
			expect(Math.abs((percentile(decode(unit?.durations), 0.95) ?? 0) - 190) / 190).toBeLessThan(0.02);
		}
	});

	it('the same once more writes nothing, and what comes late within ten minutes is in', async () => {
		await put([[midnight + 10_000, 0, 5]]);
		now = midnight + 9 * MINUTE;
		await rollUp(database, { thorough: true });
		expect(await rollUp(database, { thorough: true })).toEqual({ minutes: 0, hours: 0, days: 0 });
		await put([[midnight + 20_000, 2, 5]]);
		expect(await rollUp(database, { thorough: false })).toMatchObject({ minutes: 0 });
		expect(await rollUp(database, { thorough: true })).toEqual({ minutes: 1, hours: 1, days: 1 });
		expect((await read('d'))[0]).toMatchObject({ counts: [1, 0, 1, 0] });
	});

	it('the minute that runs is not yet told, and a stop of hours is made up for', async () => {
		await put([
			[midnight + 10_000, 0, 5],
			[midnight + 5 * HOUR, 0, 5],
			[midnight + 5 * HOUR + 30 * MINUTE, 0, 5],
		]);
		now = midnight + MINUTE;
		await rollUp(database, { thorough: true });
		now = midnight + 5 * HOUR + 30 * MINUTE + 30_000;
		await rollUp(database, { thorough: true });
		expect((await read('h')).map(({ at, counts }) => [at, counts[0]])).toEqual([
			[0, 1],
			[5 * HOUR, 1],
		]);
		expect((await read('d'))[0]).toMatchObject({ counts: [2, 0, 0, 0] });
	});

	it('twenty at once give the same as one', async () => {
		await put([[midnight + 10_000, 0, 5]]);
		now = midnight + 5 * MINUTE;
		const reports = await Promise.all(Array.from({ length: 8 }, () => rollUp(database, { thorough: true })));
		expect(reports.reduce((sum, report) => sum + (report?.minutes ?? 0), 0)).toBe(1);
		expect((await read('d'))[0]).toMatchObject({ counts: [1, 0, 0, 0] });
	});
});

describe('what is due', () => {
	it('begins after the newest minute, never beyond what raw samples reach', () => {
		expect(minutesDue(midnight, midnight + 2 * MINUTE + 1, false)).toEqual({ from: midnight + MINUTE, to: midnight + 2 * MINUTE });
		expect(minutesDue(midnight, midnight + MINUTE + 1, false)).toBeNull();
		expect(minutesDue(midnight - 5 * DAY, midnight, false)).toEqual({ from: midnight - 23 * HOUR, to: midnight });
		expect(minutesDue(midnight + HOUR, midnight, false)).toBeNull();
		expect(coarsen({ from: midnight + HOUR - MINUTE, to: midnight + HOUR }, 'h')).toEqual({ from: midnight, to: midnight + HOUR });
	});
});

describe('retention', () => {
	it('drops days and grains that are older than the policy, and nothing younger', async () => {
		await put([
			[midnight - HOUR, 0, 5],
			[midnight + HOUR, 0, 5],
		]);
		await real.pool.query(
			"insert into rollup (monitor_id, grain, at, durations) select 1, grain, $1::timestamptz - age, '' from (values ('m'::\"char\", interval '1 day'), ('m', interval '3 days'), ('h', interval '89 days'), ('h', interval '91 days'), ('d', interval '700 days'), ('d', interval '740 days')) as r(grain, age)",
			[new Date(midnight + DAY)],
		);
		now = midnight + DAY + 1000;
		expect(await dropOld(database, readRetention())).toMatchObject({ partitions: ['observation_20261127'], rollups: 3 });
		expect((await real.pool.query('select 1 from observation')).rowCount).toBe(1);
		expect((await real.pool.query('select 1 from rollup')).rowCount).toBe(3);
	});

	it('is never shorter than the roll-ups need', () => {
		expect(readRetention({ raw: '1h', hour: '30d' })).toMatchObject({ rawMs: DAY, hourMs: 30 * DAY });
	});
});
