import { describe, expect, it } from 'vitest';
import { groupByFunction } from '../../convex/read-log.ts';
import { codesOf, runCheck } from '../../fixtures/check-service.ts';
import { answer, makeConvexService, makeExecution, withConvex, withLog } from '../../fixtures/convex-service.ts';
import { measureDurations, percentile } from './judge-durations.ts';

const runs = (path: string, durations: readonly number[], more = {}) =>
	durations.map((durationMs, index) => makeExecution(path, 60 - index, { durationMs, ...more }));

it('percentiles are by nearest rank', () => {
	const hundred = Array.from({ length: 100 }, (_, index) => index + 1);
	expect([percentile(hundred, 50), percentile(hundred, 95), percentile(hundred, 99), percentile([7], 95)]).toEqual([50, 95, 99, 7]);
});

it('leaves out cached results, and puts the slowest first', () => {
	const rows = measureDurations(groupByFunction([...runs('a:b', [10, 20]), ...runs('a:b', [1], { cached: true }), ...runs('c:d', [900])]));
	expect(rows.map(({ path, count, p50 }) => [path, count, p50])).toEqual([
		['c:d', 1, 900],
		['a:b', 2, 10],
	]);
});

describe('a function', () => {
	const judge = (executions: Parameters<typeof withLog>[0], params = {}) =>
		runCheck('convex.latency', makeConvexService(), params, withLog(executions));

	it('that is slow is named with figures', async () => {
		const observation = await judge([...runs('orders:list', [1500, 1600, 1700, 1400, 1800]), ...runs('users:me', [5, 5, 5, 5, 5])]);
		expect([observation.state, codesOf(observation)]).toEqual(['fail', ['latency.slow-query']]);
		expect(observation.reason).toContain('orders:list takes 1800 ms at the 95th percentile (1600 ms at the median) of 5 executions');
		expect((await judge(runs('orders:list', [1500, 1600, 1700, 1400, 1800]), { p95: 2000 })).state).toBe('ok');
	});

	it('that was slow and is no longer is a note', async () => {
		const observation = await judge(runs('orders:list', [1500, 1600, 1700, 9, 9, 9, 9, 9]));
		expect(observation).toMatchObject({ state: 'ok', findings: [{ severity: 'info', message: expect.stringContaining('no longer') }] });
	});

	it('is judged by the code that runs now', async () => {
		const executions = runs('orders:list', [1500, 1600, 1700, 1400, 1800]);
		const port = withConvex({ readLog: answer({ executions, mayHaveGap: false }), readLastPush: answer({ at: new Date().toISOString() }) });
		expect(await runCheck('convex.latency', makeConvexService(), {}, port)).toMatchObject({ state: 'unknown' });
	});

	it('that ran too seldom is not judged', async () => {
		expect(await judge(runs('orders:list', [5000, 5000]))).toMatchObject({
			state: 'unknown',
			enable: expect.stringContaining('window=60'),
		});
	});

	it('that is an action is shown and not judged', async () => {
		const observation = await judge([
			...runs('mail:send', [9000, 9000, 9000, 9000, 9000], { kind: 'action' }),
			...runs('a:b', [1, 1, 1, 1, 1]),
		]);
		expect(observation.state).toBe('ok');
		expect(observation.evidence[0]?.body).toContain('mail:send');
	});
});
