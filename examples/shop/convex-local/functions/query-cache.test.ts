import { makeFunctionReference } from 'convex/server';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { describeOwn, openTrial, type Trial } from '../fixtures/open-trial.ts';
import { createQueryCache } from './query-cache.mjs';

const list = makeFunctionReference<'query', { room: string }, { text: string }[]>('messages:list');
const send = makeFunctionReference<'mutation', { room: string; text: string }, string>('messages:send');
const now = makeFunctionReference<'query', Record<string, never>, number>('limits:now');
const room = `cache-${Date.now()}`;
let trial: Trial;

beforeAll(async () => {
	trial = await openTrial();
}, 60_000);
afterAll(() => trial.close());

/** Whether the last execution of a function was answered from the cache, and what it read. */
async function lastRun(identifier: string) {
	const entry = (await trial.log(identifier)).at(-1);
	return { cached: entry?.cachedResult, documents: entry?.usageStats.databaseReadDocuments };
}

describe('a query that is asked again', () => {
	it('is answered from the cache while nothing that it read has changed', async () => {
		await trial.http().mutation(send, { room, text: 'one' });
		await trial.http().query(list, { room });
		expect(await lastRun('messages:list')).toEqual({ cached: false, documents: 1 });
		await trial.http().query(list, { room });
		expect(await lastRun('messages:list')).toEqual({ cached: true, documents: 0 });
	});

	it('is answered from the cache when something else has changed', async () => {
		await trial.http().mutation(send, { room: `${room}-other`, text: 'elsewhere' });
		expect(await trial.http().query(list, { room })).toHaveLength(1);
		expect((await lastRun('messages:list')).cached).toBe(true);
	});

	it('is run again when a document came into its range', async () => {
		await trial.http().mutation(send, { room, text: 'two' });
		expect(await trial.http().query(list, { room })).toHaveLength(2);
		expect(await lastRun('messages:list')).toEqual({ cached: false, documents: 2 });
	});

	it('is run for other arguments', async () => {
		await trial.http().query(list, { room: `${room}-other` });
		expect((await lastRun('messages:list')).cached).toBe(false);
	});

	it('is answered from the cache for a while when it asked what time it is', async () => {
		const first = await trial.http().query(now, {});
		expect(await trial.http().query(now, {})).toBe(first);
		expect((await lastRun('limits:now')).cached).toBe(true);
	});
});

describe('a result in the cache', () => {
	const result = { value: 1, lines: [], token: { reads: [], version: 0 } };
	const committer = (isCurrent: () => boolean) => ({
		version: () => 7,
		isCurrent,
		invalidate: () => {},
		commit: async () => {},
		idle: async () => {},
	});
	afterEach(() => vi.useRealTimers());

	it('that depends on the time is given for 5 s', () => {
		vi.useFakeTimers({ toFake: ['performance'] });
		const cache = createQueryCache(committer(() => true));
		cache.put('timed', result, true);
		cache.put('other', result, false);
		vi.advanceTimersByTime(4999);
		expect([cache.get('timed')?.value, cache.get('other')?.value]).toEqual([1, 1]);
		vi.advanceTimersByTime(2);
		expect([cache.get('timed')?.value, cache.get('other')?.value]).toEqual([undefined, 1]);
	});

	it('is gone for good once something that it was read from has changed', () => {
		let current = true;
		const cache = createQueryCache(committer(() => current));
		cache.put('key', result, false);
		expect(cache.get('key')?.token.version).toBe(7);
		current = false;
		expect(cache.get('key')).toBeUndefined();
		current = true;
		expect(cache.get('key')).toBeUndefined();
	});

	it('makes room for others when it was not asked for', () => {
		const cache = createQueryCache(committer(() => true));
		for (let index = 0; index < 1000; index++) cache.put(String(index), result, false);
		cache.get('0');
		cache.put('one more', result, false);
		expect([cache.get('0')?.value, cache.get('1')]).toEqual([1, undefined]);
	});
});

describe('a subscription', () => {
	it('is not asked again for what it did not read', async () => {
		const client = trial.live();
		let told = 0;
		await new Promise<void>((done) => {
			client.onUpdate(list, { room: `${room}-quiet` }, () => {
				told++;
				done();
			});
		});
		const before = (await trial.log('messages:list')).length;
		for (let time = 0; time < 3; time++) await client.mutation(send, { room: `${room}-loud`, text: 'x' });
		expect([told, (await trial.log('messages:list')).length]).toEqual([1, before]);
	});
});

describeOwn('the environment', 'changes its variables', () => {
	it('is read again by queries when it has changed', async () => {
		await trial.http().query(list, { room });
		await trial.admin('/api/v1/update_environment_variables', { changes: [{ name: 'ANYTHING', value: '1' }] });
		await trial.http().query(list, { room });
		expect((await lastRun('messages:list')).cached).toBe(false);
	});
});

describeOwn('who asks', 'its key may not be allowed to act as a user', () => {
	it('does not get what was kept for another', async () => {
		const as = (subject: string) => {
			const attributes = Buffer.from(JSON.stringify({ subject, issuer: 'https://issuer.example' })).toString('base64');
			return trial.call('query', { path: 'messages:whoAmI', args: {} }, { authorization: `Convex ${trial.adminKey}:${attributes}` });
		};
		const seen = [];
		for (const subject of ['ada', 'ben', 'ada']) seen.push((await as(subject)).body.value);
		expect(seen).toEqual(['ada', 'ben', 'ada']);
	});
});
