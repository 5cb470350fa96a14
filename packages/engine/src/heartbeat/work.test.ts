import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { EngineStats } from '../engine.ts';
import { makeTestDatabase, type TestDatabase } from '../fixtures/test-database.ts';
import type { LogEvent } from '../log.ts';
import { startHeartbeat } from './work.ts';

let database: TestDatabase;
beforeAll(async () => {
	database = await makeTestDatabase();
}, 120_000);
afterAll(() => database.drop());

const stats = (): EngineStats => ({
	id: 'e',
	checks: 1,
	missed: 0,
	lost: 0,
	held: 0,
	waiting: 0,
	lateP50Ms: null,
	lateP99Ms: null,
	failures: {},
});

function start(over: Partial<Parameters<typeof startHeartbeat>[0]>) {
	const events: LogEvent[] = [];
	const log = (event: LogEvent) => void events.push(event);
	const loop = startHeartbeat({ database, stats, everyMs: 5, send: async () => undefined, log, elapsed: () => performance.now(), ...over });
	return { events, loop };
}

it('beats while it works, tells a failure once, and when it is over', async () => {
	let turns = 0;
	const send = async () => {
		turns += 1;
		if (turns <= 3) throw new Error('status 500');
	};
	const { events, loop } = start({ send });
	await vi.waitFor(() => expect(turns).toBeGreaterThan(5));
	await loop.stop();
	expect(events).toMatchObject([{ event: 'heartbeat.failed', level: 'warn', reason: 'status 500' }, { event: 'heartbeat.sent' }]);
});

it('is silent without a database, and says so once', async () => {
	const send = vi.fn(async () => undefined);
	const gone = { ...database, transaction: () => Promise.reject(new Error('gone')) };
	const { events, loop } = start({ database: gone, send });
	await new Promise((resolve) => setTimeout(resolve, 60));
	await loop.stop();
	expect(send).not.toHaveBeenCalled();
	expect(events).toEqual([{ event: 'heartbeat.silent', level: 'warn', reason: 'the database does not answer' }]);
});
