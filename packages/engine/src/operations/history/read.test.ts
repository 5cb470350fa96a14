import { afterAll, beforeAll, expect, it } from 'vitest';
import { question, watch } from '../../fixtures/monitored.ts';
import { makeTestDatabase, type TestDatabase } from '../../fixtures/test-database.ts';
import { floor, GRAIN_MS, type Grain, rollSamples } from '../../rollup/decide.ts';
import { writeRollups } from '../../rollup/queries.ts';
import { readAvailability } from './availability.ts';
import { readMonitorHistory } from './read.ts';

let database: TestDatabase;
beforeAll(async () => {
	database = await makeTestDatabase();
	const now = await database.now();
	const { idOf } = await watch(database, 'bakery', [question('http.page path=/'), question('http.page path=/quiet')], now);
	const roll = (grain: Grain, back: number, states: readonly ('ok' | 'fail' | 'unknown')[]) =>
		rollSamples(
			{ monitorId: idOf('http.page path=/'), at: floor(now - back * GRAIN_MS[grain], grain) },
			states.map((state) => ({ state, durationMs: 80 })),
		);
	await database.transaction(async (client) => {
		await writeRollups(client, 'm', [roll('m', 30, ['ok']), roll('m', 90, ['fail']), roll('m', 60 * 30, ['fail'])]);
		await writeRollups(client, 'd', [roll('d', 0, ['ok', 'ok', 'fail', 'unknown']), roll('d', 1, ['unknown']), roll('d', 2, ['ok'])]);
	});
}, 120_000);
afterAll(() => database.drop());

it('a plot shows what is in its window, and the whole of it', async () => {
	const history = await readMonitorHistory({ database, actor: 'ada' }, { service: 'bakery', key: 'http.page path=/', window: '24h' });
	expect(history.points.map(({ availability }) => availability)).toEqual([0, 1]);
	expect(history.whole).toMatchObject({ availability: 0.5, unknown: 0 });
	expect(history.whole.p95Ms).toBeCloseTo(80, -1);
});

it('a monitor that is not there is refused', async () => {
	const asked = readMonitorHistory({ database, actor: 'ada' }, { service: 'bakery', key: 'http.page path=/none', window: '7d' });
	await expect(asked).rejects.toMatchObject({ code: 'not_found' });
});

it('a day without an answer is not told, and what nobody looked at is not available nor down', async () => {
	const [page, quiet] = await readAvailability({ database, actor: 'ada' }, { days: 7 });
	expect(page?.days.map(({ availability }) => availability)).toEqual([1, 2 / 3]);
	expect(page?.availability).toBe(0.75);
	expect(quiet).toMatchObject({ days: [], availability: null });
});
