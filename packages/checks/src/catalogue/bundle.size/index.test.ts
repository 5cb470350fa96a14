import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { codesOf, makeService, runCheck } from '../../fixtures/check-service.ts';
import { makeBuild, withBuild, withFacts } from '../../fixtures/kit-service.ts';
import { file, routes, serve } from '../../fixtures/serve.ts';

const route = (path: string, kib: number) => ({
	route: path,
	bytes: kib * 3072,
	gzipBytes: kib * 1024,
	files: [{ file: 'static/chunks/main.js', bytes: kib * 3072, gzipBytes: kib * 1024 }],
});
const service = makeService('http://127.0.0.1:9', { checkout: '/srv/shop' });
const look = (kib: number, history = withFacts([])) =>
	runCheck('bundle.size', service, {}, { vendors: withBuild(makeBuild({ routes: [route('/', 100), route('/orders', kib)] })), history });

it('is well within the budget and remembers each size', async () => {
	expect(await look(200)).toMatchObject({
		state: 'ok',
		reason: 'All 2 routes within 350 KiB; most: /orders with 200 KiB (from the build)',
		facts: [{ name: 'bundle:/orders', value: '204800' }, { name: 'bundle:/' }],
	});
});

it('warns above the budget and fails above twice as much, naming the largest part', async () => {
	expect(await look(400)).toMatchObject({ state: 'warn', findings: [{ code: 'bundle.over-budget', at: '/orders' }] });
	expect(await look(800)).toMatchObject({ state: 'fail', reason: expect.stringContaining('largest: static/chunks/main.js (800 KiB)') });
});

it('sees that a route grew', async () => {
	const before = withFacts([{ name: 'bundle:/orders', value: '104800', at: '2026-11-01T00:00:00.000Z' }]);
	expect(codesOf(await look(200, before))).toEqual(['bundle.grew']);
});

it('goes by the page’s own scripts without the folder', async () => {
	const { url } = await serve(
		routes({ '/': '<h1>x</h1><script src="/a.js"></script>', '/a.js': file('text/javascript', randomBytes(800_000).toString('base64')) }),
	);
	expect(await runCheck('bundle.size', makeService(url))).toMatchObject({ state: 'fail', findings: [{ at: '/' }] });
	expect((await runCheck('bundle.size', makeService('http://127.0.0.1:9'))).state).toBe('unknown');
});
