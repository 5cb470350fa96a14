import { describe, expect, it } from 'vitest';
import { makeService, runCheck, silentVendors } from '../../fixtures/check-service.ts';
import { file, serve } from '../../fixtures/serve.ts';
import type { ConvexPort, NoAnswerCode } from '../../vendors.ts';
import { judgeAnswer } from './index.ts';

const service = makeService('http://127.0.0.1:1', { convexUrl: 'http://127.0.0.1:3210' });
const withAnswer = (readVersion: ConvexPort['readVersion']) => ({
	vendors: { ...silentVendors, convex: { ...silentVendors.convex, readVersion } },
});

it('is well when the deployment says its version', async () => {
	const observation = await runCheck(
		'convex.reachable',
		service,
		{},
		withAnswer(async () => ({ kind: 'answer', value: { version: '1.2.3', durationMs: 12 } })),
	);
	expect(observation).toMatchObject({ state: 'ok', reason: '127.0.0.1:3210 answers in 12 ms', subject: 'http://127.0.0.1:3210/' });
});

it('warns when it is slow', () => {
	expect(judgeAnswer({ kind: 'answer', value: { version: 'x', durationMs: 3000 } }, 'x', 2000)).toMatchObject({
		state: 'warn',
		findings: [{ code: 'convex.slow' }],
	});
});

it('hands on what the service allows', async () => {
	const reaches: unknown[] = [];
	const port = withAnswer(async (_url, _signal, reach) => {
		reaches.push(reach);
		return { kind: 'answer', value: { version: '1.2.3', durationMs: 12 } };
	});
	await runCheck('convex.reachable', service, {}, port);
	const open = await serve(file('text/html', 'x'));
	await runCheck('convex.reachable', makeService(open.url, { private: false, convexUrl: 'http://localhost:3210' }), {}, port);
	expect(reaches).toEqual([{ private: true }, { private: false }]);
});

describe('a silence', () => {
	it.each<[NoAnswerCode, string]>([
		['timeout', 'fail'],
		['network', 'fail'],
		['not-found', 'fail'],
		['server-error', 'fail'],
		['bad-response', 'fail'],
		['redirected', 'fail'],
		['too-large', 'fail'],
		['tls', 'unknown'],
		['offline', 'unknown'],
		['aborted', 'unknown'],
		['unauthorized', 'unknown'],
		['forbidden', 'unknown'],
		['rate-limited', 'unknown'],
		['refused', 'unknown'],
	])('by %s is %s', (code, state) => expect(judgeAnswer({ kind: 'no-answer', code, reason: 'No.' }, 'x', 1).state).toBe(state));
});

it('does not ask at a URL of the wrong form, nor where it may not', async () => {
	const never = withAnswer(async () => {
		throw new Error('asked');
	});
	expect(
		await runCheck('convex.reachable', makeService('http://127.0.0.1:1', { convexUrl: 'https://dashboard.convex.dev' }), {}, never),
	).toMatchObject({ state: 'unknown', enable: 'holdfast check convex.url' });
	const open = await serve(file('text/html', 'x'));
	expect(
		await runCheck('convex.reachable', makeService(open.url, { private: false, convexUrl: 'http://127.0.0.1:3210' }), {}, never),
	).toMatchObject({ state: 'unknown', enable: expect.stringContaining('private') });
});
