import { expect, it } from 'vitest';
import { codesOf, makeService, runCheck } from '../../fixtures/check-service.ts';
import { answer, silence, withSentry } from '../../fixtures/convex-service.ts';
import { Secret } from '../../secret.ts';
import type { SentryTransaction } from '../../vendors.ts';

const sentry = { url: 'https://sentry.example', org: 'shop', project: 'web', token: new Secret('fixture-sentry-token-01') };
const service = makeService('http://127.0.0.1:1', { sentry });
const call = (more: Partial<SentryTransaction> = {}): SentryTransaction => ({
	name: 'GET /orders',
	count: 40,
	p75Ms: 200,
	p95Ms: 400,
	failureRate: 0,
	...more,
});
const run = (transactions: readonly SentryTransaction[], params = {}, crashFree: number | null = null) =>
	runCheck(
		'sentry.performance',
		service,
		params,
		withSentry({ readPerformance: answer({ transactions, crashFree, url: 'https://sentry.example/p' }) }),
	);

it.each([
	['within its limits', call(), 'ok', []],
	['slow', call({ p95Ms: 4000 }), 'fail', ['sentry.slow']],
	['failing', call({ failureRate: 0.2 }), 'fail', ['sentry.failing']],
	['both', call({ failureRate: 0.2, p95Ms: 4000 }), 'fail', ['sentry.failing', 'sentry.slow']],
	['called too seldom', call({ count: 2, p95Ms: 4000 }), 'unknown', []],
	['without figures', call({ p95Ms: null, failureRate: null }), 'ok', []],
] as const)('a transaction %s', async (_name, transaction, state, codes) => {
	const observation = await run([transaction]);
	expect([observation.state, codesOf(observation)]).toEqual([state, codes]);
});

it('says the figures, and takes other limits', async () => {
	expect((await run([call({ p95Ms: 4000 })])).reason).toBe(
		'GET /orders takes 4000 ms at the 95th percentile (200 ms at the 75th) of 40 calls, more than 2500 ms',
	);
	expect((await run([call({ p95Ms: 4000 })], { p95: 5000 })).state).toBe('ok');
	const crashing = await run([call()], {}, 0.97);
	expect([crashing.state, codesOf(crashing)]).toEqual(['warn', ['sentry.crashes']]);
});

it('is unknown by a token that is expired', async () => {
	const observation = await runCheck('sentry.performance', service, {}, withSentry({ readPerformance: silence('unauthorized') }));
	expect(observation).toMatchObject({ state: 'unknown', enable: expect.stringContaining('expired') });
});
