import { afterAll, beforeAll, expect, it } from 'vitest';
import { question, watch } from '../../fixtures/monitored.ts';
import { makeTestDatabase, type TestDatabase } from '../../fixtures/test-database.ts';
import { listWindows } from '../../observe/queries.ts';
import { beginMaintenance } from './begin.ts';
import { endMaintenance } from './end.ts';
import { listMaintenance } from './list.ts';

const now = 1_790_000_000_000;
let database: TestDatabase;
let ada: { database: TestDatabase; actor: string };
beforeAll(async () => {
	const made = await makeTestDatabase();
	database = { ...made, now: async () => now };
	ada = { database, actor: 'ada' };
	for (const service of ['bakery', 'mill']) await watch(database, service, [question('http.health')], 0);
}, 120_000);
afterAll(() => database.drop());

const audit = async () =>
	(await database.pool.query("select actor, operation from audit where operation like 'maintenance%' order by id")).rows.map(
		({ actor, operation }) => `${actor} ${operation}`,
	);

it('is on from now for so long, once for each service, until it is ended', async () => {
	const window = await beginMaintenance(ada, { service: 'bakery', forMs: 7_200_000, reason: 'new oven' });
	expect(window).toMatchObject({ service: 'bakery', reason: 'new oven', isOn: true, endsAt: new Date(now + 7_200_000).toISOString() });
	expect(await listMaintenance(ada, { service: 'mill' })).toEqual([]);
	expect(await database.transaction((client) => listWindows(client, now))).toEqual([{ service: 'bakery', name: 'new oven' }]);
	await expect(beginMaintenance(ada, { service: 'bakery', forMs: 60_000, reason: 'again' })).rejects.toMatchObject({ code: 'conflict' });
	const all = await beginMaintenance(ada, { forMs: 60_000, reason: 'the power is off' });
	expect((await listMaintenance(ada, { service: 'mill' })).map(({ id }) => id)).toEqual([all.id]);
	await expect(endMaintenance(ada, { service: 'mill' })).rejects.toMatchObject({ code: 'not_found' });
	expect((await endMaintenance(ada, { service: 'bakery' })).map(({ id }) => id)).toEqual([window.id]);
	expect((await endMaintenance(ada)).map(({ id }) => id)).toEqual([all.id]);
	expect(await listMaintenance(ada)).toEqual([]);
	expect(await audit()).toEqual(['ada maintenance.begin', 'ada maintenance.begin', 'ada maintenance.end', 'ada maintenance.end']);
});

it.each([
	[{ forMs: 1000, reason: 'x' }, 'invalid'],
	[{ forMs: 8 * 86_400_000, reason: 'x' }, 'invalid'],
	[{ forMs: Number.NaN, reason: 'x' }, 'invalid'],
	[{ forMs: 60_000, reason: ' ' }, 'invalid'],
	[{ service: 'dairy', forMs: 60_000, reason: 'x' }, 'not_found'],
])('refuses %j and changes nothing', async (input, code) => {
	await expect(beginMaintenance(ada, input)).rejects.toMatchObject({ code });
	expect(await listMaintenance(ada)).toEqual([]);
});
