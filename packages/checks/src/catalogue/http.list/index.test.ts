import { expect, it } from 'vitest';
import { codesOf, makeService, runCheck } from '../../fixtures/check-service.ts';
import { json, routes, serve } from '../../fixtures/serve.ts';

const list = (items: number) => `<main><ul>${'<li>x</li>'.repeat(items)}</ul></main>`;
const look = async (answer: Parameters<typeof routes>[0][string], params = {}) => {
	const { url } = await serve(routes({ '/': '<h1>x</h1>', '/products': answer }));
	return runCheck('http.list', makeService(url), { path: '/products', ...params });
};

it.each([
	['a page', list(3)],
	['an array', json([1, 2, 3])],
	['a field that is usual', json({ total: 9, items: [1, 2, 3] })],
	['the first field that has one', json({ ok: true, products: [1, 2, 3] })],
])('counts %s', async (_, answer) => {
	expect(await look(answer, { min: 3 })).toMatchObject({ state: 'ok', measurements: [{ name: 'items', value: 3 }] });
});

it('fails for none, for few, and for what is no list', async () => {
	expect(codesOf(await look(list(0)))).toEqual(['list.empty']);
	expect(codesOf(await look(json({ items: [1] }), { min: 2 }))).toEqual(['list.short']);
	expect(codesOf(await look(json({ ok: true })))).toEqual(['list.unreadable']);
	expect(codesOf(await look(json({}, 500)))).toEqual(['list.unreadable']);
});

it('takes path and least from the configured route', async () => {
	const { url } = await serve(routes({ '/': '<h1>x</h1>', '/products': list(3) }));
	const service = makeService(url, { routes: [{ path: '/products', list: 5 }] });
	expect(await runCheck('http.list', service)).toMatchObject({ state: 'fail', reason: expect.stringContaining('at least 5 are expected') });
});

it('does not know without a path, or when told to slow down', async () => {
	const { url } = await serve(routes({ '/': '<h1>x</h1>' }));
	expect(await runCheck('http.list', makeService(url))).toMatchObject({ state: 'unknown', applicable: false });
	expect((await look(json({}, 429))).state).toBe('unknown');
});
