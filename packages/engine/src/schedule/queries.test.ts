import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { question, watch } from '../fixtures/monitored.ts';
import { makeTestDatabase, type TestDatabase } from '../fixtures/test-database.ts';
import { claimDue, listEngines, pullBack, pushOut, readBacklog, releaseClaims, renewLeases } from './queries.ts';

const HOUR = 3_600_000;
const now = 1_790_000_000_000;
let database: TestDatabase;
beforeAll(async () => {
	database = await makeTestDatabase();
}, 120_000);
afterAll(() => database.drop());
beforeEach(() => database.pool.query('truncate monitor, service cascade'));

const [one, other] = [randomUUID(), randomUUID()];
const claim = (engine: string, more: { now?: number; aheadMs?: number; limit?: number } = {}) =>
	claimDue(database.pool, { engine, now, aheadMs: 0, limit: 100, leaseMs: 8000, ...more });
const questions = (count: number) => Array.from({ length: count }, (_, index) => question(`http.page path=/${index}`));

it('claims what is due, the longest overdue first, and what falls due soon when asked ahead', async () => {
	await watch(database, 'bakery', questions(3), now + 500);
	expect(await claim(one)).toEqual([]);
	await database.pool.query("update monitor set due_at = $1 where key = 'http.page path=/2'", [new Date(now - 5000)]);
	const claimed = await claim(one, { aheadMs: 1000 });
	expect(claimed.map(({ key }) => key)[0]).toBe('http.page path=/2');
	expect(claimed).toHaveLength(3);
	expect(await claim(one, { aheadMs: 1000 })).toEqual([]);
});

it('two engines at once share the work and never the same row', async () => {
	await watch(database, 'bakery', questions(200), now - 1);
	const batches = await Promise.all(Array.from({ length: 20 }, (_, index) => claim(index % 2 === 0 ? one : other, { limit: 10 })));
	const ids = batches.flat().map(({ id }) => id);
	expect(new Set(ids).size).toBe(ids.length);
	expect(ids).toHaveLength(200);
});

it('an engine takes its own part ahead and what the other leaves late, and one that is gone has no part', async () => {
	await watch(database, 'bakery', questions(100), now + 1500);
	const take = (engine: string, rank: number, at = now) =>
		claimDue(database.pool, { engine, now: at, aheadMs: 2000, limit: 1000, leaseMs: 8000, share: { engines: 2, rank, leftMs: 1000 } });
	const first = await take(one, 0);
	expect(first).toHaveLength(50);
	expect(first.every(({ id }) => id % 2 === 0)).toBe(true);
	expect(await listEngines(database.pool, now)).toEqual([one]);
	expect(await take(one, 0, now + 400)).toEqual([]);
	expect(await take(one, 0, now + 501)).toHaveLength(50);
	expect(await listEngines(database.pool, now + 60_000)).toEqual([]);
});

it('a lease that ran out is taken over, one that is renewed is not, and the late owner learns of it', async () => {
	const { ids } = await watch(database, 'bakery', questions(2), now);
	const [kept, lost] = [...ids.values()] as [number, number];
	await claim(one);
	await renewLeases(database.pool, { engine: one, ids: [kept], now: now + 5000, leaseMs: 8000 });
	expect((await claim(other, { now: now + 9000 })).map(({ id }) => id)).toEqual([lost]);
	expect(await renewLeases(database.pool, { engine: one, ids: [kept, lost], now: now + 9000, leaseMs: 8000 })).toEqual([kept]);
});

it('what is given back is due still, and what is pushed out comes later', async () => {
	await watch(database, 'bakery', questions(2), now);
	const [first, second] = await claim(one);
	await releaseClaims(database.pool, one, [first?.id ?? 0]);
	expect((await claim(other)).map(({ id }) => id)).toEqual([first?.id]);
	await pushOut(database.pool, { engine: one, ids: [second?.id ?? 0], now, byMs: 15_000, reason: 'broke' });
	expect(await claim(other)).toEqual([]);
	expect((await claim(other, { now: now + 15_000 })).map(({ id }) => id)).toContain(second?.id);
});

it('a clock that goes back an hour holds nothing up: neither due dates nor leases', async () => {
	await watch(database, 'bakery', questions(10), now);
	await claim(one, { limit: 5 });
	const before = now - HOUR;
	expect(await claim(other, { now: before })).toEqual([]);
	expect(await pullBack(database.pool, before)).toBe(10);
	expect(await claim(other, { now: before + 20_000 })).toHaveLength(10);
	expect(await pullBack(database.pool, before + 20_000)).toBe(0);
});

it('a clock that goes forward an hour makes everything due once', async () => {
	await watch(database, 'bakery', questions(10), now);
	expect(await readBacklog(database.pool, now + HOUR)).toEqual({ overdue: 10, oldestMs: HOUR });
	expect(await claim(one, { now: now + HOUR })).toHaveLength(10);
	expect(await claim(other, { now: now + HOUR })).toEqual([]);
});
