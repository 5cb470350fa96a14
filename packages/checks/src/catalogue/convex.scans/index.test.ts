import { expect, it } from 'vitest';
import { codesOf, runCheck } from '../../fixtures/check-service.ts';
import { makeConvexService, makeExecution, withLog } from '../../fixtures/convex-service.ts';

const read = (documentsRead: number | null, bytesRead: number | null, bytesReturned: number | null, more = {}) =>
	makeExecution('products:byCategory', 5, { documentsRead, bytesRead, bytesReturned, ...more });

it.each([
	['reads a table and returns little of it', read(5000, 1_000_000, 2000), 'fail', ['scans.full-scan']],
	['reads some hundred documents and returns little', read(300, 60_000, 400), 'warn', ['scans.full-scan']],
	['reads much and returns it', read(5000, 1_000_000, 900_000), 'ok', []],
	['reads little', read(20, 4000, 10), 'ok', []],
	['reads near the limit', read(30_000, 6_000_000, 6_000_000), 'fail', ['scans.near-limit']],
	['reads much, and the log does not say what it returned', read(5000, 1_000_000, null), 'warn', ['scans.many-reads']],
	['returns nothing', read(1500, 300_000, 0), 'fail', ['scans.full-scan']],
] as const)('a function that %s', async (_name, execution, state, codes) => {
	const observation = await runCheck('convex.scans', makeConvexService(), {}, withLog([execution]));
	expect([observation.state, codesOf(observation)]).toEqual([state, codes]);
	if (state !== 'ok') expect(observation.reason).toContain('products:byCategory');
});

it('finds the scan among executions that return what they read', async () => {
	const observation = await runCheck(
		'convex.scans',
		makeConvexService(),
		{},
		withLog([read(2000, 400_000, 400_000), read(1200, 240_000, 300)]),
	);
	expect(observation).toMatchObject({
		state: 'fail',
		reason: expect.stringContaining('reads 1200 documents and returns about one in 800'),
	});
});

it('is unknown when nothing was read', async () => {
	expect(await runCheck('convex.scans', makeConvexService(), {}, withLog([]))).toMatchObject({ state: 'unknown' });
	expect(await runCheck('convex.scans', makeConvexService(), {}, withLog([read(900, 1, 1, { cached: true })]))).toMatchObject({
		state: 'unknown',
	});
});
