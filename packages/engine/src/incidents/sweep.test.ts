import { afterAll, beforeAll, expect, it } from 'vitest';
import { question, watch } from '../fixtures/monitored.ts';
import { makeTestDatabase, type TestDatabase } from '../fixtures/test-database.ts';
import { sweepIncidents } from './sweep.ts';

let database: TestDatabase;
beforeAll(async () => {
	database = await makeTestDatabase();
}, 120_000);
afterAll(() => database.drop());

it('a failure that a window excused gets its incident when the window is over, and it ends when all is well', async () => {
	const { idOf } = await watch(database, 'bakery', [question('env.required')], 0);
	const id = idOf('env.required');
	await database.pool.query("update monitor set state = 'fail', last_reason = 'TOKEN is missing'");
	await database.pool.query(
		"insert into transition (monitor_id, at, from_state, to_state, reason, consequence) values ($1, now(), 'ok', 'fail', 'x', 'maintenance')",
		[id],
	);
	const window =
		"insert into maintenance_window (name, starts_at, ends_at, created_by) values ('move', now() - interval '1 hour', now() + interval '1 hour', 'ada')";
	await database.pool.query(window);
	expect(await sweepIncidents(database)).toEqual({ taken: [], resolved: [] });

	await database.pool.query('update maintenance_window set ended_at = now()');
	expect(await sweepIncidents(database)).toEqual({ taken: [id], resolved: [] });
	expect(await sweepIncidents(database)).toEqual({ taken: [], resolved: [] });
	const { rows } = await database.pool.query('select title, state from incident');
	expect(rows).toEqual([{ title: 'env.required: TOKEN is missing', state: 'open' }]);
	const told = await database.pool.query("select effect from transition where acted_at is null and consequence = 'act'");
	expect(told.rows).toEqual([{ effect: 'opened' }]);

	await database.pool.query("update monitor set state = 'ok'");
	expect((await sweepIncidents(database)).resolved).toHaveLength(1);
	expect((await database.pool.query('select kind from incident_entry where tell_at is not null')).rows).toEqual([{ kind: 'resolved' }]);
});
