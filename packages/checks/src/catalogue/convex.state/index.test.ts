import { describe, expect, it } from 'vitest';
import { codesOf, runCheck } from '../../fixtures/check-service.ts';
import { answer, makeConvexService, silence, withConvex } from '../../fixtures/convex-service.ts';
import type { ConvexErrorKind, ConvexState } from '../../vendors.ts';
import { listStops } from './judge-state.ts';

const running: ConvexState = { system: 'none', usageLimit: 'none', user: 'none', running: true };
const withoutKey = (more = {}) => {
	const { convexAdminKey: _, ...service } = makeConvexService(more);
	return service;
};

describe('the deployment’s own word', () => {
	it.each<[Partial<ConvexState>, readonly string[]]>([
		[{}, []],
		[{ user: 'paused' }, ['paused']],
		[{ system: 'suspended' }, ['suspended']],
		[{ system: 'disabled', user: 'paused' }, ['disabled', 'paused']],
		[{ usageLimit: 'disabled' }, ['over-limit']],
	])('%j', (state, stops) => expect(listStops({ ...running, ...state })).toEqual(stops));

	it('fails with what stops it', async () => {
		const port = withConvex({ readState: answer({ ...running, user: 'paused' as const, running: false }) });
		const observation = await runCheck('convex.state', makeConvexService(), {}, port);
		expect([observation.state, codesOf(observation)]).toEqual(['fail', ['state.paused']]);
		expect(await runCheck('convex.state', makeConvexService(), {}, withConvex())).toMatchObject({ state: 'ok' });
	});
});

describe('without the admin key', () => {
	it.each<[ConvexErrorKind, string]>([
		['paused', 'fail'],
		['over-limit', 'fail'],
		['no-such-function', 'ok'],
		['redacted', 'unknown'],
		['application', 'unknown'],
	])('a call refused as %s says %s', async (error, state) => {
		const port = withConvex({ callFunction: answer({ ok: false as const, error, message: 'x', durationMs: 1 }) });
		expect(await runCheck('convex.state', withoutKey(), {}, port)).toMatchObject({ state });
	});

	it('says what the entry of the missing setting says', async () => {
		const missing = [{ setting: 'convex.adminKey' as const, reason: 'convex.adminKey: the variable KEY is not set', enable: 'set KEY' }];
		const port = withConvex({ callFunction: answer({ ok: false as const, error: 'redacted' as const, message: 'x', durationMs: 1 }) });
		expect(await runCheck('convex.state', withoutKey({ missing }), {}, port)).toMatchObject({
			state: 'unknown',
			reason: 'convex.adminKey: the variable KEY is not set',
			enable: 'set KEY',
		});
	});
});

it('is unknown when the key may not ask and nothing else tells', async () => {
	const port = withConvex({ readState: silence('forbidden'), callFunction: silence('rate-limited') });
	expect(await runCheck('convex.state', makeConvexService(), {}, port)).toMatchObject({
		state: 'unknown',
		enable: expect.stringContaining('convex.adminKey'),
	});
});
