import { expect, it } from 'vitest';
import { groupByFunction } from '../../convex/read-log.ts';
import { makeExecution } from '../../fixtures/convex-service.ts';
import { judgeFailing } from './judge-failing.ts';

const error = 'Uncaught Error: price table is not an object\n at products.ts';
const failed = (secondsAgo: number, path = 'products:list') => makeExecution(path, secondsAgo, { error });
const ran = (secondsAgo: number, path = 'products:list') => makeExecution(path, secondsAgo);
const judge = (executions: Parameters<typeof groupByFunction>[0]) => judgeFailing(groupByFunction(executions), Date.now());

it('names a function that fails each time it is called, and its error', () => {
	expect(judge([failed(9), failed(3), ran(2, 'accounts:me')])?.message).toBe(
		'products:list fails each time it is called: Uncaught Error: price table is not an object',
	);
});

it.each([
	['a function that also succeeds', [failed(9), ran(3)]],
	['failures of some time ago', [failed(300)]],
	['what a function says on purpose', [makeExecution('orders:place', 3, { error: 'Uncaught ConvexError: {"code":"quantity"}' })]],
	['nothing', []],
])('says nothing of %s', (_name, executions) => {
	expect(judge(executions)).toBeNull();
});
