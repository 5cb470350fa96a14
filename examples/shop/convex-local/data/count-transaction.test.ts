import { makeFunctionReference } from 'convex/server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeOwn, openTrial, type Trial } from '../fixtures/open-trial.ts';

const fill = makeFunctionReference<'mutation', { batch: string; count: number; kilobytes?: number }>('limits:fill');
const readOften = makeFunctionReference<'query', { batch: string; times: number }, number>('limits:readOften');
const askOften = makeFunctionReference<'query', { times: number }>('limits:askOften');
const run = String(Date.now());
const [small, large] = [`small-${run}`, `large-${run}`];
let trial: Trial;

beforeAll(async () => {
	trial = await openTrial();
}, 60_000);
afterAll(() => trial.close());

/** Clients of a deployment in production are not told; its log is. */
async function expectFailure(identifier: string, call: () => Promise<unknown>, words: string) {
	await expect(call()).rejects.toThrow('Server Error');
	expect((await trial.log(identifier)).at(-1)?.error).toContain(words);
}

describe('one function may ask', () => {
	it('for 4,096 ranges of indexes and not for more', { timeout: 60_000 }, async () => {
		expect(await trial.http().query(askOften, { times: 4096 })).toBeNull();
		await expectFailure(
			'limits:askOften',
			() => trial.http().query(askOften, { times: 4097 }),
			'Too many reads in a single function execution (limit: 4096)',
		);
	});
});

describe('one function may', () => {
	beforeAll(async () => {
		await trial.http().mutation(fill, { batch: small, count: 1000 });
		await trial.http().mutation(fill, { batch: large, count: 2, kilobytes: 900 });
	});

	it('read 32,000 documents', { timeout: 60_000 }, async () => {
		expect(await trial.http().query(readOften, { batch: small, times: 32 })).toBe(32_000);
	});

	it.each([
		['read more documents', { batch: small, times: 33 }, 'Too many documents read in a single function execution (limit: 32000)'],
		['read more than 16 MiB', { batch: large, times: 10 }, 'Too many bytes read in a single function execution (limit: 16777216 bytes)'],
	])('not %s', { timeout: 60_000 }, async (_what, args, words) => {
		await expectFailure('limits:readOften', () => trial.http().query(readOften, args), words);
	});

	it.each([
		['write more than 16,000 documents', { count: 16_001 }, 'Too many writes in a single function execution (limit: 16000)'],
		[
			'write more than 16 MiB',
			{ count: 19, kilobytes: 900 },
			'Too many bytes written in a single function execution (limit: 16777216 bytes)',
		],
		['write a document above 1 MiB', { count: 1, kilobytes: 1100 }, 'Value is too large'],
	])('not %s, and then writes nothing', { timeout: 60_000 }, async (_what, args, words) => {
		const batch = `refused-${run}`;
		await expectFailure('limits:fill', () => trial.http().mutation(fill, { batch, ...args }), words);
		expect(await trial.http().query(readOften, { batch, times: 1 })).toBe(0);
	});
});

describe('what is counted', () => {
	it('is the range of an index, and the whole table without one', async () => {
		const room = `range-${run}`;
		for (const text of ['one', 'two']) await trial.call('mutation', { path: 'messages:send', args: { room, text } });
		await trial.call('mutation', { path: 'messages:send', args: { room: `${room}-other`, text: 'three' } });
		for (const path of ['messages:list', 'messages:scan']) await trial.call('query', { path, args: { room } });
		const read = async (name: string) => (await trial.log(name)).at(-1)?.usageStats.databaseReadDocuments ?? 0;
		expect([await read('messages:list'), (await read('messages:scan')) >= 3]).toEqual([2, true]);
	});
});

describeOwn('too much at once', 'loads the deployment, whose class is not known', () => {
	it('is refused with 429 TooManyWrites, and goes a second later', { timeout: 60_000 }, async () => {
		const write = () => trial.call('mutation', { path: 'limits:fill', args: { batch: `rate-${run}`, count: 3, kilobytes: 1000 } });
		const first = await Promise.all([write(), write(), write()]);
		const refused = first.find(({ status }) => status === 429);
		expect(refused?.body).toMatchObject({
			code: 'TooManyWrites',
			message: expect.stringContaining('limited to 4 MiB bytes written per 1 second'),
		});
		await new Promise((done) => setTimeout(done, 1100));
		expect((await write()).status).toBe(200);
	});

	it('is refused with 429 TooManyConcurrentRequests after 5 s of waiting', { timeout: 60_000 }, async () => {
		const rest = () => trial.call('action', { path: 'relay:rest', args: { milliseconds: 6000 } });
		const answers = await Promise.all(Array.from({ length: 65 }, rest));
		const refused = answers.filter(({ status }) => status !== 200);
		expect(refused.map(({ status, body }) => [status, body.code])).toEqual([[429, 'TooManyConcurrentRequests']]);
		expect(refused[0]?.body.message).toContain('limited to 64 concurrent actions');
	});
});
