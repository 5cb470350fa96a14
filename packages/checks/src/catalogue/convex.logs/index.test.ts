import { describe, expect, it } from 'vitest';
import { groupByFunction } from '../../convex/read-log.ts';
import { codesOf, runCheck } from '../../fixtures/check-service.ts';
import { makeConvexService, makeExecution, silence, withConvex, withLog } from '../../fixtures/convex-service.ts';
import { judgeErrors } from './judge-errors.ts';

const ran = (secondsAgo: number, path = 'orders:list') => makeExecution(path, secondsAgo);
const failed = (secondsAgo: number, path = 'orders:list') =>
	makeExecution(path, secondsAgo, { error: 'Uncaught TypeError: x\n at orders.ts' });
const words = 'the last 15 minutes';

describe('a function that failed', () => {
	it.each([
		['and has not run since', [ran(9), failed(8)], 'fail'],
		['once, and succeeded since', [failed(9), ran(8)], 'info'],
		['three times, and succeeded once', [failed(9), failed(8), failed(7), ran(6)], 'warn'],
		['three times, and succeeded three times', [failed(9), failed(8), failed(7), ran(6), ran(5), ran(4)], 'info'],
		['while another succeeds', [failed(9), ran(8, 'users:me')], 'fail'],
	])('%s: %s', (_name, executions, severity) => {
		const findings = judgeErrors(groupByFunction(executions), { words, processStartedAt: null });
		expect(findings.map((finding) => [finding.code, finding.severity])).toEqual([['logs.function-errors', severity]]);
	});

	it('before the application began anew is a note', () => {
		const findings = judgeErrors(groupByFunction([failed(60)]), { words, processStartedAt: Date.now() - 30_000 });
		expect(findings[0]?.severity).toBe('info');
	});
});

it('names the function and the first line of the error', async () => {
	const observation = await runCheck('convex.logs', makeConvexService(), {}, withLog([ran(9), failed(8)]));
	expect(observation).toMatchObject({
		state: 'fail',
		reason: 'orders:list failed 1 of 2 times in the last 15 minutes: Uncaught TypeError: x',
	});
	expect(observation.evidence[0]?.body).toContain('orders:list');
});

it('leaves out our own probes', async () => {
	const observation = await runCheck(
		'convex.logs',
		makeConvexService(),
		{},
		withLog([
			failed(8, 'holdfast_probe:nowhere'),
			makeExecution('health:ping', 7, { error: "Could not find public function for 'health:ping'" }),
			ran(3),
		]),
	);
	expect([observation.state, codesOf(observation)]).toEqual(['ok', []]);
});

it.each(['unauthorized', 'forbidden', 'rate-limited', 'network'] as const)('is unknown, with what would help, by %s', async (code) => {
	const observation = await runCheck('convex.logs', makeConvexService(), {}, withConvex({ readLog: silence(code) }));
	expect(observation).toMatchObject({ state: 'unknown', reason: `No answer (${code})` });
	expect(observation.enable).not.toContain('redacted');
	expect(observation.enable).not.toBe('holdfast help convex.logs');
});

it('never sends the key to a deployment that only the page names', async () => {
	const { convexUrl: _, ...service } = makeConvexService();
	const asked: unknown[] = [];
	const port = withConvex({
		readLog: async (target) => {
			asked.push(target);
			return { kind: 'no-answer', reason: 'x' };
		},
	});
	expect(await runCheck('convex.logs', service, {}, port)).toMatchObject({ state: 'unknown' });
	expect(asked).toEqual([]);
});
