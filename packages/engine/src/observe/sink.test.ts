import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { question, watch } from '../fixtures/monitored.ts';
import { makeTestDatabase, type TestDatabase } from '../fixtures/test-database.ts';
import { claimDue } from '../schedule/queries.ts';
import { ensurePartitions } from './partitions.ts';
import { createSink } from './sink.ts';

const start = 1_790_000_000_000;
const engine = randomUUID();
let database: TestDatabase;
let now = start;
beforeAll(async () => {
	database = { ...(await makeTestDatabase()), now: async () => now };
	await ensurePartitions(database, [start]);
}, 120_000);
afterAll(() => database.drop());

it('what a Holdfast that is cut off sees is stored as unknown, and opens nothing', async () => {
	const monitorId = (await watch(database, 'bakery', [question('http.health')], start)).idOf('http.health');
	await database.pool.query("update monitor set state = 'ok', last_at = $1", [new Date(start)]);
	let cutOff: readonly string[] = ['bakery'];
	const sink = createSink(database, {
		engine,
		findCutOff: async () => new Set(cutOff),
		serviceOf: () => 'bakery',
		onStored: () => undefined,
		onRefused: (_, reason) => {
			throw new Error(reason);
		},
	});
	const fail = async (): Promise<void> => {
		now += 20_000;
		await claimDue(database.pool, { engine, now, aheadMs: 3_600_000, limit: 10, leaseMs: 8000 });
		sink.add({ monitorId, at: now, state: 'fail', durationMs: 1, reason: 'no route', detail: null, cause: null, isUnreached: true });
		await sink.flush();
	};
	for (let round = 0; round < 6; round += 1) await fail();
	const stored = await database.pool.query<{ state: number; reason: string }>('select state, reason from observation');
	expect(new Set(stored.rows.map(({ state, reason }) => `${state} ${reason}`))).toEqual(
		new Set(['3 Holdfast itself reaches nothing outside; it saw: no route']),
	);
	expect((await database.pool.query('select state from monitor')).rows).toEqual([{ state: 'ok' }]);
	expect((await database.pool.query('select 1 from incident')).rowCount).toBe(0);

	cutOff = [];
	await fail();
	await fail();
	expect((await database.pool.query('select 1 from incident')).rowCount).toBe(1);
});
