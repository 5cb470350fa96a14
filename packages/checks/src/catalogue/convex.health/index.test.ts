import { describe, expect, it } from 'vitest';
import { codesOf, runCheck } from '../../fixtures/check-service.ts';
import { answer, makeConvexService, silence, withConvex } from '../../fixtures/convex-service.ts';
import { judgeAction } from './judge-action.ts';

describe('an answer', () => {
	it.each([
		[200, '{"status":"ok"}', []],
		[200, '{"status":"pass"}', []],
		[204, 'x', []],
		[200, 'fine', []],
		[200, '', ['convex.health-empty']],
		[200, '{"status":"error"}', ['convex.health-not-ok']],
		[500, '{"code":"[Request ID: 1] Server Error"}', ['convex.health-error']],
		[302, '', ['convex.health-status']],
	])('%i %s', (status, body, codes) => {
		const verdict = judgeAction({ status, body, durationMs: 5 }, '/health', 2000);
		expect(verdict.kind === 'findings' ? verdict.findings.map(({ code }) => code) : verdict.kind).toEqual(codes);
	});

	it.each([
		[404, 'This Convex deployment does not have HTTP actions enabled.', 'absent'],
		[404, 'No matching routes found', 'absent'],
		[429, '', 'open'],
		[403, '', 'open'],
	])('%i says nothing', (status, body, kind) => expect(judgeAction({ status, body, durationMs: 5 }, '/health', 2000).kind).toBe(kind));
});

it('is well, slow, absent or down', async () => {
	const run = (port: Parameters<typeof withConvex>[0]) => runCheck('convex.health', makeConvexService(), {}, withConvex(port));
	expect(await run({})).toMatchObject({ state: 'ok', reason: '/health answers in 9 ms', subject: 'http://127.0.0.1:3211/health' });
	const slow = await run({ readHttpAction: answer({ status: 200, body: 'x', durationMs: 3000, url: 'http://x/health' }) });
	expect([slow.state, codesOf(slow)]).toEqual(['warn', ['convex.health-slow']]);
	expect(await run({ readHttpAction: silence('not-found') })).toMatchObject({ state: 'unknown', applicable: false });
	const down = await run({ readHttpAction: silence('network') });
	expect([down.state, codesOf(down)]).toEqual(['fail', ['convex.health-network']]);
	expect(await run({ readHttpAction: silence('offline') })).toMatchObject({ state: 'unknown', applicable: true });
});

it('asks at the site URL of the configuration', async () => {
	const asked: unknown[] = [];
	const port = withConvex({
		readHttpAction: async (_target, options) => {
			asked.push(options);
			return { kind: 'answer', value: { status: 200, body: 'x', durationMs: 1, url: 'http://x/up' } };
		},
	});
	await runCheck('convex.health', makeConvexService({ convexSiteUrl: 'http://127.0.0.1:4000' }), { path: '/up' }, port);
	expect(asked).toEqual([{ siteUrl: 'http://127.0.0.1:4000', path: '/up' }]);
});
