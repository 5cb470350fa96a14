import { expect, it, vi } from 'vitest';
import { watchConvex } from '../convex.ts';

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
