import { describe, expect, it } from 'vitest';
import { codesOf, runCheck } from '../../fixtures/check-service.ts';
import { answer, makeConvexService, makeView, serveConvexService, silence, withConvex } from '../../fixtures/convex-service.ts';
import type { ConvexErrorKind, ConvexState } from '../../vendors.ts';
import { judgeInApp } from './index.ts';
import { judgeCall } from './judge-call.ts';

const running: ConvexState = { system: 'none', usageLimit: 'none', user: 'none', running: true };
const paused: ConvexState = { ...running, user: 'paused', running: false };
const refusal = (error: ConvexErrorKind) => ({ ok: false as const, error, message: 'words', durationMs: 3 });

describe('a refused call', () => {
	it.each<[ConvexErrorKind, boolean | null, ConvexState | null, string]>([
		['paused', true, null, 'functions.paused'],
		['over-limit', null, null, 'functions.over-limit'],
		['no-such-function', null, null, 'runs'],
		['no-such-function', false, null, 'runs'],
		['no-such-function', true, running, 'functions.failed'],
		['unauthenticated', true, running, 'runs'],
		['arguments', true, running, 'runs'],
		['application', true, running, 'functions.failed'],
		['redacted', true, running, 'functions.failed'],
		['redacted', true, null, 'functions.redacted'],
		['redacted', true, paused, 'functions.paused'],
		['redacted', false, running, 'runs'],
		['redacted', null, running, 'open'],
		['redacted', null, null, 'open'],
	])('%s, exists: %s, state %j: %s', (error, exists, state, expected) => {
		const verdict = judgeCall(refusal(error), { path: 'health:ping', exists }, state);
		expect(verdict.kind === 'fails' ? verdict.finding.code : verdict.kind).toBe(expected);
	});
});

it('takes the refusal of a query that does not exist for a proof, and remembers the last push', async () => {
	const port = withConvex({
		callFunction: answer(refusal('no-such-function')),
		listFunctions: answer([{ path: 'orders:list', kind: 'query' as const, public: true }]),
		readLastPush: answer({ at: '2026-11-28T03:00:00.000Z' }),
	});
	expect(await runCheck('convex.functions', makeConvexService(), {}, port)).toMatchObject({
		state: 'ok',
		reason: 'Functions run: a query that does not exist is refused as that',
		facts: [{ name: 'convex:push', value: '2026-11-28T03:00:00.000Z' }],
	});
	expect(await runCheck('convex.functions', makeConvexService(), {}, withConvex())).toMatchObject({
		state: 'ok',
		reason: 'health:ping answers in 7 ms',
	});
});

it('asks as any visitor, without the key', async () => {
	const targets: unknown[] = [];
	const port = withConvex({
		callFunction: async (target, call) => {
			targets.push([target.adminKey, call]);
			return { kind: 'answer', value: { ok: true, value: 1, durationMs: 1 } };
		},
	});
	await runCheck('convex.functions', makeConvexService(), { query: 'shop:status' }, port);
	expect(targets).toEqual([[undefined, { kind: 'query', path: 'shop:status' }]]);
});

it('fails when a function that the application calls fails now', async () => {
	const service = await serveConvexService(makeView({ status: 'fail', code: 'function-error', message: 'orders:list threw' }));
	const observation = await runCheck('convex.functions', service, {}, withConvex());
	expect([observation.state, codesOf(observation)]).toEqual(['fail', ['functions.failed-in-app']]);
	expect(observation.reason).toContain('orders:list threw');
	const old = judgeInApp({ kind: 'seen', report: makeView({ status: 'fail', code: 'function-error' }), ageMs: 120_000 });
	expect(old?.severity).toBe('info');
});

it('takes the application’s word where the deployment hides its own', async () => {
	const hidden = withConvex({
		callFunction: answer(refusal('redacted')),
		readState: silence('forbidden'),
		listFunctions: silence('forbidden'),
	});
	expect(await runCheck('convex.functions', await serveConvexService(makeView()), {}, hidden)).toMatchObject({ state: 'ok' });
	expect(await runCheck('convex.functions', makeConvexService(), {}, hidden)).toMatchObject({ state: 'unknown' });
});

it.each([
	['rate-limited', 'unknown', []],
	['tls', 'unknown', []],
	['server-error', 'fail', ['functions.server-error']],
	['timeout', 'fail', ['functions.timeout']],
] as const)('silence by %s is %s', async (code, state, codes) => {
	const observation = await runCheck('convex.functions', makeConvexService(), {}, withConvex({ callFunction: silence(code) }));
	expect([observation.state, codesOf(observation)]).toEqual([state, codes]);
});
