import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeTestDatabase, type TestDatabase } from '../fixtures/test-database.ts';
import type { WantedMonitor } from './decide.ts';
import { retireServices, syncMonitors } from './work.ts';

let database: TestDatabase;
beforeAll(async () => {
	database = await makeTestDatabase();
}, 120_000);
afterAll(() => database.drop());

const question = (key: string, more: Partial<WantedMonitor> = {}): WantedMonitor => ({
	key,
	checkId: key.split(' ')[0] ?? '',
	params: {},
	title: key,
	lines: [],
	everyMs: 20_000,
	confirm: 2,
	severity: 'major',
	...more,
});
const bakery = { name: 'bakery', url: 'https://bakery.example' };
const stateOf = async (key: string) =>
	(
		await database.pool.query('select state, every_ms, removed_at is null as watched from monitor where service = $1 and key = $2', [
			'bakery',
			key,
		])
	).rows[0];

it('adds, changes, removes, and the same once more changes nothing', async () => {
	const both = [question('http.health'), question('net.dns')];
	expect(await syncMonitors(database, bakery, both)).toMatchObject({ added: ['http.health', 'net.dns'], changed: [], removed: [] });
	expect(await syncMonitors(database, bakery, both)).toEqual({ added: [], changed: [], removed: [], unchangedCount: 2 });
	await database.pool.query("update monitor set state = 'fail'");

	const changed = [question('http.health', { everyMs: 5000, lines: [{ line: 3, address: 'a/b', text: 'Health' }] })];
	expect(await syncMonitors(database, bakery, changed)).toMatchObject({ added: [], changed: ['http.health'], removed: ['net.dns'] });
	expect(await stateOf('http.health')).toEqual({ state: 'fail', every_ms: 5000, watched: true });
	expect(await stateOf('net.dns')).toMatchObject({ watched: false });

	await syncMonitors(database, bakery, both);
	expect(await stateOf('net.dns')).toEqual({ state: 'new', every_ms: 20_000, watched: true });
	const { rows } = await database.pool.query("select detail from audit where subject = 'service/bakery' order by id");
	expect(rows.map(({ detail }) => detail.removed)).toEqual([[], ['net.dns'], []]);
});

it('the first look comes within half a minute, spread', async () => {
	await syncMonitors(
		database,
		{ name: 'mill', url: 'https://mill.example' },
		Array.from({ length: 200 }, (_, index) => question(`http.page path=/${index}`, { everyMs: 3_600_000 })),
	);
	const { rows } = await database.pool.query(
		"select extract(epoch from max(due_at) - now())::float as last, count(distinct due_at)::int as moments from monitor where service = 'mill'",
	);
	expect(rows[0].last).toBeLessThanOrEqual(30);
	expect(rows[0].moments).toBeGreaterThan(150);
});

it('refuses a question that stands there twice, and writes nothing', async () => {
	const twice = [question('http.status'), question('http.status')];
	await expect(syncMonitors(database, { name: 'dairy', url: 'https://dairy.example' }, twice)).rejects.toMatchObject({
		code: 'invalid',
		message: expect.stringContaining('http.status'),
	});
	expect((await database.pool.query("select 1 from service where name = 'dairy'")).rowCount).toBe(0);
});

it('twenty starters at once leave each question once', async () => {
	const orchard = { name: 'orchard', url: 'https://orchard.example' };
	const reports = await Promise.all(Array.from({ length: 20 }, () => syncMonitors(database, orchard, [question('a'), question('b')])));
	expect(reports.flatMap(({ added }) => added).toSorted()).toEqual(['a', 'b']);
});

it('a service that the configuration has no more is watched no more', async () => {
	expect(await retireServices(database, ['bakery', 'mill'])).toEqual(['orchard']);
	const { rows } = await database.pool.query("select count(*)::int as count from monitor where service = 'orchard' and removed_at is null");
	expect(rows[0].count).toBe(0);
});
