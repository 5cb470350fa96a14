import { expect, it, vi } from 'vitest';
import { watchConvex } from '../convex.ts';
import { createHealth } from '../health.ts';
import { createMaintenance } from '../maintenance.ts';

const url = 'https://a-b-1.convex.cloud';
const answering = (status: number) => vi.fn(async () => new Response('x', { status }));

it.each([
	[200, 'ok', null],
	[429, 'fail', 'rate-limited'],
	[503, 'fail', 'server-error'],
	[404, 'fail', 'not-convex'],
])('judges %s', async (answer, status, code) =>
	expect(await watchConvex({ url, fetch: answering(answer) }).report()).toMatchObject({ url, status, code }),
);

it('asks once for callers that come together', async () => {
	const fetch = answering(200);
	const watch = watchConvex({ url, fetch });
	await Promise.all([watch.report(), watch.report()]);
	expect(fetch).toHaveBeenCalledTimes(1);
});

it('names what is wrong with the URL, and that nothing is there', async () => {
	expect(await watchConvex({ url: undefined }).report()).toMatchObject({ code: 'not-set', at: null });
	expect(await watchConvex({ url: 'nonsense' }).report()).toMatchObject({ code: 'malformed', url: null });
	const fetch = async () => Promise.reject(new TypeError('fetch failed', { cause: { code: 'ECONNREFUSED' } }));
	expect(await watchConvex({ url, fetch }).report()).toMatchObject({ code: 'network' });
});

it('gives the last answer to the health report without waiting', async () => {
	const watch = watchConvex({ url, fetch: answering(200) });
	expect(watch.latest().status).toBe('unknown');
	await watch.report();
	const health = createHealth({
		convex: watch,
		maintenance: createMaintenance({ isOn: () => true }),
		token: 'tok-q8Zr1Lw0Tn5Xv7Bc2Md9Kf4G',
	});
	const request = new Request('http://localhost/', { headers: { authorization: 'Bearer tok-q8Zr1Lw0Tn5Xv7Bc2Md9Kf4G' } });
	expect(await health.GET(request).json()).toMatchObject({ holdfast: { convex: { status: 'ok' }, maintenance: { on: true } } });
});
