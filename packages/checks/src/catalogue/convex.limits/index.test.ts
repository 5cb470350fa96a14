import { describe, expect, it } from 'vitest';
import { codesOf, runCheck } from '../../fixtures/check-service.ts';
import {
	makeConvexService,
	makeExecution,
	makeView,
	serveConvexService,
	silence,
	withConvex,
	withLog,
} from '../../fixtures/convex-service.ts';
import { judgeLimits } from './judge-limits.ts';

const words = 'the last 15 minutes';

describe('a log', () => {
	it.each([
		['TooManyConcurrentRequests: too many concurrent queries (limit: 16)', ['limits.rate-limited']],
		['TooManyWrites: 8 MiB/s', ['limits.rate-limited']],
		['ExpiredInQueue', ['limits.overloaded']],
		['Too many documents read in a single function execution (limit: 32000)', ['limits.transaction']],
		['You have tried too often, wait a minute', []],
	])('with %s', (error, codes) => {
		const findings = judgeLimits([makeExecution('orders:list', 9, { error })], words);
		expect(findings.map(({ code, severity }) => [code, severity])).toEqual(codes.map((code) => [code, 'fail']));
	});

	it('with a function that has run since is a note', () => {
		const executions = [makeExecution('orders:list', 9, { error: 'TooManyWrites' }), makeExecution('orders:list', 5)];
		expect(judgeLimits(executions, words)[0]).toMatchObject({ severity: 'info', message: expect.stringContaining('has run since') });
	});
});

it('fails when a call is refused now, whatever the log says', async () => {
	const port = withConvex({ callFunction: silence('rate-limited', 'The deployment answers 429'), readLog: silence('rate-limited') });
	const observation = await runCheck('convex.limits', makeConvexService(), {}, port);
	expect([observation.state, codesOf(observation)]).toEqual(['fail', ['limits.rate-limited']]);
});

it('fails when the application is refused', async () => {
	const service = await serveConvexService(makeView({ status: 'fail', code: 'rate-limited', message: 'TooManyConcurrentRequests' }));
	expect(await runCheck('convex.limits', service, {}, withLog([]))).toMatchObject({
		state: 'fail',
		reason: 'The application’s last call was refused (429): TooManyConcurrentRequests',
	});
});

it('is well only when the log was read', async () => {
	expect(await runCheck('convex.limits', makeConvexService(), {}, withLog([makeExecution('a:b', 5)]))).toMatchObject({ state: 'ok' });
	expect(await runCheck('convex.limits', makeConvexService(), {}, withConvex({ readLog: silence('forbidden') }))).toMatchObject({
		state: 'unknown',
		reason: expect.stringContaining('No call is refused now'),
		enable: expect.stringContaining('deployment:logs:view'),
	});
});
