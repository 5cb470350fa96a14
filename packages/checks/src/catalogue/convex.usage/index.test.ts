import { expect, it } from 'vitest';
import { codesOf, runCheck } from '../../fixtures/check-service.ts';
import { answer, makeConvexService, silence, withConvex } from '../../fixtures/convex-service.ts';
import type { ConvexUsage } from '../../vendors.ts';

type Limit = ConvexUsage['limits'][number];
const limit = (more: Partial<Limit> = {}): Limit => ({
	metric: 'functionCalls',
	window: 'month',
	type: 'disable',
	limit: 1000,
	enabled: true,
	...more,
});
const usage = (month: number | null, limits: readonly Limit[], complete = true): ConvexUsage => ({
	metrics: [{ metric: 'functionCalls', unit: 'count', day: 1, month }],
	limits,
	complete,
});
const run = (value: ConvexUsage, params = {}) =>
	runCheck('convex.usage', makeConvexService(), params, withConvex({ readUsage: answer(value) }));

it.each([
	['far from the limit', usage(100, [limit()]), 'ok', []],
	['near the limit', usage(850, [limit()]), 'warn', ['usage.near-limit']],
	['over a limit that disables', usage(1000, [limit()]), 'fail', ['usage.over-limit']],
	['over a limit that warns', usage(1500, [limit({ type: 'warning' })]), 'warn', ['usage.over-limit']],
	['of the day', usage(5000, [limit({ window: 'day' })]), 'ok', []],
	['over a limit that is switched off beside one that is not', usage(900, [limit({ enabled: false }), limit({ limit: 10_000 })]), 'ok', []],
	['not told', usage(null, [limit()]), 'unknown', []],
	['still being added up', usage(10, [limit()], false), 'unknown', []],
	['over the limit already, and still being added up', usage(1001, [limit()], false), 'fail', ['usage.over-limit']],
] as const)('usage %s', async (_name, value, state, codes) => {
	const observation = await run(value);
	expect([observation.state, codesOf(observation)]).toEqual([state, codes]);
});

it('says the figures', async () => {
	expect((await run(usage(850, [limit()]))).reason).toBe(
		'functionCalls: 850 of 1000 (85 %) used this month; at 100 % the deployment is disabled',
	);
	expect((await run(usage(850, [limit()]), { near: 90 })).state).toBe('ok');
});

it('does not arise without a limit', async () => {
	expect(await run(usage(1, []))).toMatchObject({ state: 'unknown', applicable: false });
});

it('says which right a key is short of', async () => {
	const observation = await runCheck('convex.usage', makeConvexService(), {}, withConvex({ readUsage: silence('forbidden') }));
	expect(observation).toMatchObject({ state: 'unknown', enable: expect.stringContaining('deployment:usage:view') });
});
