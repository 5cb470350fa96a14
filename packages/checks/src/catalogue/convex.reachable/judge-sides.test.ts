import { expect, it } from 'vitest';
import { codesOf, runCheck } from '../../fixtures/check-service.ts';
import { makeConvexService, makeView, serveConvexService, silence, withConvex } from '../../fixtures/convex-service.ts';
import { kitToken } from '../../fixtures/kit-report.ts';
import { serve } from '../../fixtures/serve.ts';

const cutOff = () => makeView({ status: 'fail', code: 'network', message: 'nothing listens there' });

it('says that only the application is cut off', async () => {
	const observation = await runCheck('convex.reachable', await serveConvexService(cutOff()), {}, withConvex());
	expect([observation.state, codesOf(observation)]).toEqual(['fail', ['convex.app-cannot-reach']]);
	expect(observation.reason).toBe(
		'The application cannot reach 127.0.0.1:3210, while 127.0.0.1:3210 answers from here: nothing listens there',
	);
});

it('says that both are', async () => {
	const observation = await runCheck(
		'convex.reachable',
		await serveConvexService(cutOff()),
		{},
		withConvex({ readVersion: silence('network') }),
	);
	expect([observation.state, codesOf(observation)]).toEqual(['fail', ['convex.network', 'convex.both-sides']]);
	expect(observation.reason).toContain('the application does not reach it either');
});

it('says that the application still reached it', async () => {
	const observation = await runCheck(
		'convex.reachable',
		await serveConvexService(makeView()),
		{},
		withConvex({ readVersion: silence('timeout') }),
	);
	expect([observation.state, codesOf(observation)]).toEqual(['fail', ['convex.timeout', 'convex.app-reaches']]);
});

it('takes the application’s word where nothing can be asked from here', async () => {
	const observation = await runCheck(
		'convex.reachable',
		await serveConvexService(cutOff()),
		{},
		withConvex({ readVersion: silence('offline', 'No way out') }),
	);
	expect([observation.state, codesOf(observation)]).toEqual(['fail', ['convex.app-cannot-reach']]);
	expect(observation.reason).toContain('from here it could not be told (no way out)');
});

it('does not take old news, nor a function that failed, for a cut line', async () => {
	const old = makeView({ status: 'fail', code: 'network', at: new Date(Date.now() - 300_000).toISOString() });
	expect(await runCheck('convex.reachable', await serveConvexService(old), {}, withConvex())).toMatchObject({ state: 'ok' });
	const threw = makeView({ status: 'fail', code: 'function-error' });
	expect(await runCheck('convex.reachable', await serveConvexService(threw), {}, withConvex())).toMatchObject({ state: 'ok' });
}, 20_000);

it('judges the deployment while the application hangs', async () => {
	const { url } = await serve(() => {});
	const service = makeConvexService({ url, kitToken });
	const startedAt = performance.now();
	expect(await runCheck('convex.url', service, {}, withConvex())).toMatchObject({ state: 'ok' });
	expect(performance.now() - startedAt).toBeLessThan(6000);
}, 10_000);
