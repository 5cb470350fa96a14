import { afterAll, beforeAll, expect, it } from 'vitest';
import { question, watch } from '../fixtures/monitored.ts';
import { makeTestDatabase, type TestDatabase } from '../fixtures/test-database.ts';
import { listIncidents } from '../operations/incident/list.ts';
import { readStatus } from '../operations/status/read.ts';
import { addTo, emptyHistogram, encode } from '../storage/histogram.ts';
import { syncObjectives, watchObjectives } from './work.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Five minutes after a full hour. */
const start = Math.floor(1_790_000_000_000 / HOUR) * HOUR + 5 * MINUTE;
const durations = encode(addTo(emptyHistogram, []));
let database: TestDatabase;
let now = start;
let monitor = 0;
beforeAll(async () => {
	database = { ...(await makeTestDatabase()), now: async () => now };
	monitor = (await watch(database, 'bakery', [question('http.health'), question('net.dns')], now)).idOf('http.health');
	await syncObjectives(database, 'bakery', [{ name: 'uptime', title: 'Uptime > 99.9%', line: 7, target: 0.999, windowMs: 30 * 24 * HOUR }]);
}, 120_000);
afterAll(() => database.drop());

/** Minutes or hours with three samples a minute. */
async function fill(grain: 'm' | 'h', from: number, to: number, failing = 0): Promise<void> {
	const size = grain === 'm' ? MINUTE : HOUR;
	const each = (3 * size) / MINUTE;
	await database.pool.query(
		`insert into rollup (monitor_id, grain, at, ok, fail, durations)
		select $1, $2, at, $5::int, $6::int, $7 from generate_series($3::timestamptz, $4::timestamptz - interval '1 second', $8::interval) as at
		on conflict (monitor_id, grain, at) do update set ok = excluded.ok, fail = excluded.fail`,
		[monitor, grain, new Date(from), new Date(to), each - failing * each, failing * each, durations, `${size / 1000} seconds`],
	);
}

it('opens an incident while the budget burns, is raised, and ends when the short window is fine', async () => {
	const [first] = await watchObjectives(database, ['bakery']);
	expect(first).toMatchObject({ result: { state: 'unknown', coverage: 0 }, move: { kind: 'none' } });
	const ctx = { database, actor: 'ada' };

	await fill('h', start - 40 * 24 * HOUR, start - 5 * MINUTE - HOUR);
	await fill('m', start - 7 * HOUR, start);
	const [well] = await watchObjectives(database, ['bakery']);
	expect(well).toMatchObject({ result: { state: 'met', achieved: 1 }, move: { kind: 'none' } });
	expect(well?.result.coverage).toBeGreaterThan(0.99);

	now = start + 10 * MINUTE;
	await fill('m', start, now, 1);
	const moves = await Promise.all([watchObjectives(database, ['bakery']), watchObjectives(database, ['bakery'])]);
	expect(moves.flat().map(({ move }) => move)).toMatchObject([
		{ kind: 'alert', severity: 'critical' },
		{ kind: 'alert', severity: 'critical' },
	]);
	const [incident, ...others] = await listIncidents(ctx, { state: 'open' });
	expect(others).toEqual([]);
	expect(incident).toMatchObject({ severity: 'critical', cause: 'objective:uptime', service: 'bakery' });
	expect(incident?.title).toContain('33.2 of 43.2 min left');
	const { objectives } = await readStatus(ctx);
	expect(objectives).toMatchObject([{ service: 'bakery', name: 'uptime', target: 0.999, state: 'met', windowDays: 30, line: 7 }]);
	expect(objectives[0]?.budgetLeftMinutes).toBeCloseTo(33.2, 1);
	expect(objectives[0]?.burns[0]).toMatchObject({ longMinutes: 60, alertsAt: 14.4 });
	expect(objectives[0]?.spentAt).not.toBeNull();

	// Fine again for eight hours: no short window burns any more.
	const mended = now;
	now = mended + 8 * HOUR;
	await fill('m', mended, now);
	await fill('h', start - 5 * MINUTE - HOUR, start - 5 * MINUTE);
	const [after] = await watchObjectives(database, ['bakery']);
	expect(after?.move.kind).toBe('resolve');
	expect(await listIncidents(ctx, { state: 'open' })).toEqual([]);
	const told = await database.pool.query('select kind from incident_entry where tell_at is not null order by id');
	expect(told.rows.map(({ kind }) => kind)).toEqual(['opened', 'resolved']);
});

it('what is wanted no more is measured no more', async () => {
	await syncObjectives(database, 'bakery', []);
	expect(await watchObjectives(database, ['bakery'])).toEqual([]);
});
