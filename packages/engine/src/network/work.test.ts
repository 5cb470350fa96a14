import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeTestDatabase, type TestDatabase } from '../fixtures/test-database.ts';
import type { LogEvent } from '../log.ts';
import { listLosses } from './queries.ts';
import { createNetworkWatch } from './work.ts';

let database: TestDatabase;
beforeAll(async () => {
	database = await makeTestDatabase();
}, 120_000);
afterAll(() => database.drop());

const unreached = (service: string) => ({ service, sample: { state: 'fail' as const, isUnreached: true } });
const well = (service: string) => ({ service, sample: { state: 'ok' as const } });

it('says when it begins and when it ends, keeps both, and excuses no service of this machine', async () => {
	const events: LogEvent[] = [];
	let clock = 0;
	const find = createNetworkWatch(database, {
		hosts: new Map([
			['bakery', 'bakery.example'],
			['mill', 'mill.example'],
			['here', null],
		]),
		hasAddress: () => true,
		askOutside: null,
		elapsed: () => clock,
		log: (event) => void events.push(event),
		engine: '00000000-0000-4000-8000-000000000001',
	});
	const step = async (...seen: Parameters<typeof find>[0]) => {
		clock += 5000;
		return [...(await find(seen))].toSorted();
	};
	expect(await step(well('bakery'), well('mill'))).toEqual([]);
	expect(await step(unreached('bakery'), unreached('here'))).toEqual([]);
	expect(await step(unreached('mill'))).toEqual(['bakery', 'mill']);
	expect(await step(unreached('bakery'))).toEqual(['bakery', 'mill']);
	expect(await listLosses(database.pool, 0)).toMatchObject([{ to: null, reason: expect.stringContaining('all 2 hosts') }]);
	expect(await step(well('mill'))).toEqual([]);
	expect(events.map(({ event }) => event)).toEqual(['network.lost', 'network.back']);
	expect((await listLosses(database.pool, 0))[0]?.to).not.toBeNull();
});

it('asks the references only in doubt, and not again at once', async () => {
	let [asked, clock] = [0, 0];
	const find = createNetworkWatch(database, {
		hosts: new Map([['bakery', 'bakery.example']]),
		hasAddress: () => true,
		askOutside: async () => {
			asked += 1;
			return false;
		},
		elapsed: () => clock,
		log: () => undefined,
		engine: '00000000-0000-4000-8000-000000000002',
	});
	await find([well('bakery')]);
	expect(asked).toBe(0);
	clock = 10_000;
	expect([...(await find([unreached('bakery')]))]).toEqual(['bakery']);
	await find([unreached('bakery')]);
	expect(asked).toBe(1);
});
