import { afterAll, beforeAll, expect, it } from 'vitest';
import { question, watch } from '../../fixtures/monitored.ts';
import { makeTestDatabase, type TestDatabase } from '../../fixtures/test-database.ts';
import { recordGap } from '../../gap/work.ts';
import { openIncident } from '../incident/open.ts';
import { readStatus } from './read.ts';

const now = 1_790_000_000_000;
let database: TestDatabase;
beforeAll(async () => {
	database = await makeTestDatabase();
}, 120_000);
afterAll(() => database.drop());

it('tells what the database holds: states, incidents, and whether anybody watches', async () => {
	const ctx = { database: { ...database, now: async () => now }, actor: 'ada' };
	await watch(database, 'bakery', [question('http.health'), question('net.dns'), question('http.page path=/')], now + 1000);
	await watch(database, 'mill', [question('http.health')], now + 1000);
	expect(await readStatus(ctx)).toMatchObject({
		incidents: [],
		notWell: [],
		watcher: { overdue: 0, lastAt: null, lateP99Ms: null, isLate: false },
	});

	await database.pool.query("update monitor set state = 'ok', last_at = $1, late_ms = 7", [new Date(now)]);
	await database.pool.query(
		"update monitor set state = 'fail', last_reason = 'status 503', due_at = $1 where key = 'http.health' and service = 'bakery'",
		[new Date(now - 40_000)],
	);
	const { id } = await openIncident(ctx, { service: 'bakery', title: 'The oven is cold', severity: 'major' });
	expect(await readStatus(ctx, { service: 'bakery' })).toMatchObject({
		services: [{ name: 'bakery', monitors: { ok: 2, warn: 0, fail: 1, unknown: 0, new: 0 } }],
		notWell: [{ key: 'http.health', state: 'fail', reason: 'status 503' }],
		incidents: [{ id, title: 'The oven is cold' }],
		watcher: { overdue: 1, oldestMs: 40_000, lateP99Ms: 7, lastAt: new Date(now).toISOString(), isLate: true },
	});
	await expect(readStatus(ctx, { service: 'dairy' })).rejects.toMatchObject({ code: 'not_found' });
});

it('refuses a database of another schema, and says what to do', async () => {
	const empty = await makeTestDatabase({ empty: true });
	try {
		await expect(readStatus({ database: empty, actor: 'ada' })).rejects.toMatchObject({
			code: 'precondition',
			hint: 'Start it once with holdfast up.',
		});
	} finally {
		await empty.drop();
	}
});

it('says when nobody watched, counts apart what does not apply, and forgets how late an old run was', async () => {
	const ctx = { database: { ...database, now: async () => now }, actor: 'ada' };
	await watch(database, 'dairy', [question('http.health'), question('net.tls')], now + 1000);
	const seventeen = now - 17 * 60_000;
	await database.pool.query('update monitor set last_at = $1, late_ms = 9999', [new Date(seventeen)]);
	await database.pool.query("update monitor set state = 'unknown', applies = false where key = 'net.tls'");
	expect(await recordGap(ctx.database)).toEqual({ from: seventeen, to: now });
	await recordGap({ ...database, now: async () => now + 60_000 });
	const status = await readStatus(ctx, { service: 'dairy' });
	expect(status).toMatchObject({
		services: [{ notApplicable: 1, monitors: { unknown: 0, new: 1 } }],
		notWell: [],
		watcher: { lateP99Ms: null, gaps: [{ from: new Date(seventeen).toISOString(), to: new Date(now + 60_000).toISOString() }] },
	});
	expect((await database.pool.query("select 1 from audit where operation = 'watch.gap'")).rowCount).toBe(1);
});
