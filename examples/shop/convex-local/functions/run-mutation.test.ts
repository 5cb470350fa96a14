import { makeFunctionReference } from 'convex/server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeOwn, openTrial, type Trial } from '../fixtures/open-trial.ts';

const value = makeFunctionReference<'query', { name: string }, number>('counters:value');
const increment = makeFunctionReference<'mutation', { name: string }, number>('counters:increment');
const incrementSlowly = makeFunctionReference<'mutation', { name: string; batch: string }, number>('counters:incrementSlowly');
const schedule = makeFunctionReference<'mutation', { name: string; delayMs: number; fail?: boolean }>('counters:schedule');
const fill = makeFunctionReference<'mutation', { batch: string; count: number }>('limits:fill');
const run = String(Date.now());
const batch = `slow-${run}`;
let trial: Trial;

beforeAll(async () => {
	trial = await openTrial();
	// Reading them takes more than 100 ms.
	await trial.http().mutation(fill, { batch, count: 6000 });
}, 60_000);
afterAll(() => trial.close());

describe('a mutation whose reads have changed before its commit', () => {
	it('is done again, so that nothing is lost', async () => {
		const name = `many-${run}`;
		const clients = Array.from({ length: 4 }, () => trial.http());
		await Promise.all(clients.map((client) => client.mutation(increment, { name })));
		expect(await trial.http().query(value, { name })).toBe(4);
	});

	it('is done again with what is there now', async () => {
		const name = `once-${run}`;
		const slow = trial.http().mutation(incrementSlowly, { name, batch });
		await trial.http().mutation(increment, { name });
		await slow;
		expect(await trial.http().query(value, { name })).toBe(2);
	});

	it('fails after four retries with the code of the service, 503 and nothing written', { timeout: 60_000 }, async () => {
		const name = `never-${run}`;
		let busy = true;
		let others = 0;
		const writer = (async () => {
			for (; busy; others++) await trial.http().mutation(increment, { name });
		})();
		const { status, body } = await trial.call('mutation', { path: 'counters:incrementSlowly', args: { name, batch } });
		busy = false;
		await writer;
		expect([status, body.code]).toEqual([503, 'OptimisticConcurrencyControlFailure']);
		expect(body.message).toMatch(
			/^Documents read from or written to the "counters" table changed while this mutation was being run and on every subsequent retry\. A call to "counters:increment" changed the document with ID "\w+"\./,
		);
		expect(await trial.http().query(value, { name })).toBe(others);
	});

	it('stands in the log with each attempt, and whether another followed', async () => {
		const attempts = (await trial.log('counters:incrementSlowly')).filter(({ occInfo }) => occInfo !== null).slice(-5);
		expect(attempts.map(({ occInfo, willRetry }) => [occInfo?.retryCount, willRetry])).toEqual([
			[0, true],
			[1, true],
			[2, true],
			[3, true],
			[4, false],
		]);
		expect(attempts.at(-1)).toMatchObject({
			occInfo: { tableName: 'counters', writeSource: 'counters:increment' },
			error: expect.stringContaining('Documents read from or written to the "counters" table'),
		});
		expect(new Set(attempts.map(({ requestId }) => requestId)).size).toBe(1);
		expect(new Set(attempts.map(({ executionId }) => executionId)).size).toBe(5);
	});

	it('does not mind a document beside its range', async () => {
		const slow = trial.http().mutation(incrementSlowly, { name: `left-${run}`, batch });
		for (let time = 0; time < 5; time++) await trial.http().mutation(increment, { name: `right-${run}` });
		await slow;
		const entries = await trial.log('counters:incrementSlowly');
		expect(entries.at(-1)).toMatchObject({ occInfo: null, error: null });
	});
});

describe('what an action calls', () => {
	it('is retried and logged like calls from outside, under the action', async () => {
		const increments = makeFunctionReference<'action', { name: string; times: number }, number>('relay:increments');
		const name = `action-${run}`;
		expect(await trial.http().action(increments, { name, times: 3 })).toBe(3);
		const entries = await trial.log();
		const action = entries.findLast(({ identifier }) => identifier === 'relay:increments');
		const calls = entries.filter(({ parentExecutionId }) => parentExecutionId === action?.executionId);
		expect(calls.filter(({ error }) => error === null).map(({ udfType, caller }) => `${udfType} by ${caller}`)).toEqual([
			'Mutation by Action',
			'Mutation by Action',
			'Mutation by Action',
			'Query by Action',
		]);
	});
});

describe('what a mutation schedules', () => {
	it('runs when the mutation is done', async () => {
		await trial.http().mutation(schedule, { name: `scheduled-${run}`, delayMs: 0 });
		await expect.poll(() => trial.http().query(value, { name: `scheduled-${run}` }), { timeout: 10_000 }).toBe(1);
	});

	it('never runs when it fails', async () => {
		await trial
			.http()
			.mutation(schedule, { name: `dropped-${run}`, delayMs: 0, fail: true })
			.catch(() => {});
		await trial.http().mutation(schedule, { name: `after-${run}`, delayMs: 0 });
		await expect.poll(() => trial.http().query(value, { name: `after-${run}` }), { timeout: 10_000 }).toBe(1);
		expect(await trial.http().query(value, { name: `dropped-${run}` })).toBe(0);
	});
});

describeOwn('a mutation whose value is not of its type', 'compares words that are its own', () => {
	it('has not happened', async () => {
		const room = `wrong-${run}`;
		const { body } = await trial.call('mutation', { path: 'limits:wrongReturn', args: { room } });
		expect(body.status).toBe('error');
		expect((await trial.call('query', { path: 'messages:list', args: { room } })).body.value).toEqual([]);
		expect((await trial.log('limits:wrongReturn')).at(-1)?.error).toMatch(/^ReturnsValidationError: /);
	});
});
