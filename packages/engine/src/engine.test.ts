import { randomUUID } from 'node:crypto';
import type { State } from '@holdfast/checks/contract';
import type { NotificationMessage } from '@holdfast/providers/notification';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { createEngine, type Engine, type EngineOptions } from './engine.ts';
import { answerOf } from './fixtures/build-observation.ts';
import { question, watch } from './fixtures/monitored.ts';
import { makeTestDatabase, type TestDatabase } from './fixtures/test-database.ts';
import type { LogEvent } from './log.ts';

let database: TestDatabase;
const engines: Engine[] = [];
beforeAll(async () => {
	database = await makeTestDatabase();
}, 120_000);
afterAll(() => database.drop());
beforeEach(async () => {
	await database.pool.query('truncate incident_entry, transition, incident, notification, monitor, service, observation cascade');
});

interface World {
	state: State;
	readonly told: NotificationMessage[];
	readonly events: LogEvent[];
	readonly asked: string[];
}

async function startEngine(world: World, more: Partial<EngineOptions> = {}): Promise<Engine> {
	const engine = createEngine({
		database,
		services: ['bakery'],
		runChecks: async ({ requests, onObservation }) => {
			world.asked.push(...requests.map(({ key }) => key));
			const all = requests.map(({ key }) => answerOf(key, world.state));
			for (const one of all) onObservation(one);
			return all;
		},
		channels: {
			names: ['ops'],
			send: async (_, message) => {
				world.told.push(message);
				return { kind: 'delivered', reason: 'ok' };
			},
		},
		routes: [{ to: ['ops'] }],
		log: (event) => world.events.push(event),
		id: randomUUID(),
		elapsed: () => performance.now(),
		...more,
	});
	await engine.start();
	engines.push(engine);
	return engine;
}
const newWorld = (): World => ({ state: 'ok', told: [], events: [], asked: [] });
const eventually = (check: () => void | Promise<void>) => vi.waitFor(check, { timeout: 15_000, interval: 50 });
const count = async (table: string): Promise<number> =>
	(await database.pool.query(`select count(*)::int as count from ${table}`)).rows[0].count;

it('watches, notices, tells, and notices that it is over; then gives back what it holds', async () => {
	await watch(database, 'bakery', [question('http.health', { everyMs: 1000 }), question('net.dns', { everyMs: 1000 })], 0);
	const world = newWorld();
	const engine = await startEngine(world);
	await eventually(async () => expect((await database.pool.query("select 1 from monitor where state = 'ok'")).rowCount).toBe(2));
	world.state = 'fail';
	await eventually(() => expect(world.told.map(({ kind }) => kind)).toEqual(['opened']));
	world.state = 'ok';
	await eventually(() => expect(world.told.map(({ kind }) => kind)).toEqual(['opened', 'resolved']));
	await engine.stop();
	expect(await count('incident')).toBe(1);
	expect(await count('monitor where claimed_by is not null')).toBe(0);
	expect(await count('observation')).toBe(engine.stats().checks);
	expect(engine.stats()).toMatchObject({ held: 0, waiting: 0, lost: 0 });
	expect(new Set(world.events.map(({ event }) => event))).toEqual(
		new Set(['engine.start', 'incident.transition', 'notification.attempt', 'check.run', 'engine.stop']),
	);
	expect(world.events.filter(({ level }) => level !== 'info')).toEqual([]);
}, 60_000);

it('two engines share the work, and no monitor is asked by both', async () => {
	const questions = Array.from({ length: 60 }, (_, index) => question(`http.page path=/${index}`, { everyMs: 60_000 }));
	const { ids } = await watch(database, 'bakery', questions, 0);
	const [one, other] = [newWorld(), newWorld()];
	const both = await Promise.all([startEngine(one), startEngine(other)]);
	await eventually(async () => expect(await count('monitor where last_at is not null')).toBe(60));
	await Promise.all(both.map((engine) => engine.stop()));
	const first = await database.pool.query('select monitor_id, count(*)::int from observation group by 1 having count(*) > 1');
	expect([...one.asked, ...other.asked]).toHaveLength(await count('observation'));
	expect(ids.size).toBe(60);
	// The second look is spread over the minute: hardly any has come.
	expect(first.rowCount).toBeLessThan(10);
}, 60_000);

it('monitors of services that this engine does not know are left to others', async () => {
	await watch(database, 'mill', [question('http.health')], 0);
	await watch(database, 'bakery', [question('http.health')], 0);
	const world = newWorld();
	const engine = await startEngine(world);
	await eventually(() => expect(world.asked.length).toBeGreaterThan(0));
	await engine.stop();
	expect(await count("monitor where service = 'mill' and (last_at is not null or claimed_by is not null)")).toBe(0);
}, 60_000);

it('a result that the database refuses is put off and reported, and the others are stored', async () => {
	await watch(database, 'bakery', [question('http.health'), question('net.dns')], 0);
	await database.pool.query("alter table observation add constraint no_dns check (reason <> 'poison')");
	const world = newWorld();
	const engine = await startEngine(world, {
		runChecks: async ({ requests }) => requests.map(({ key }) => answerOf(key, 'ok', { reason: key === 'net.dns' ? 'poison' : 'fine' })),
	});
	await eventually(() => expect(world.events.map(({ event }) => event)).toContain('check.refused'));
	await engine.stop();
	await database.pool.query('alter table observation drop constraint no_dns');
	expect(await count("monitor where key = 'http.health' and state = 'ok'")).toBe(1);
	expect(await count("monitor where key = 'net.dns' and claimed_by is null and due_at > now() + interval '10 seconds'")).toBe(1);
}, 60_000);
