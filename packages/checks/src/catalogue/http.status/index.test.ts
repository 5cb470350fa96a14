import { describe, expect, it } from 'vitest';
import { codesOf, makeService, runCheck } from '../../fixtures/check-service.ts';
import { file, redirect, routes, serve } from '../../fixtures/serve.ts';
import { judgeStatus } from './index.ts';

const page = file('text/html', '<p>Products</p>');

describe('a status', () => {
	it.each([
		[200, undefined, null],
		[204, undefined, null],
		[500, undefined, 'status.server-error'],
		[503, undefined, 'status.server-error'],
		[404, undefined, 'status.client-error'],
		[401, undefined, 'status.refused'],
		[304, undefined, 'status.unexpected'],
		[404, 404, null],
		[200, 404, 'status.unexpected'],
		[500, 200, 'status.server-error'],
	])('%s where %s is expected gives %s', (status, wanted, code) => expect(judgeStatus(status, '/', wanted)?.code ?? null).toBe(code));
});

it('looks at / and every configured route', async () => {
	const { url } = await serve(
		routes({ '/': page, '/products': (_request, response) => void response.writeHead(500).end('secret=hunter2hunter2') }),
	);
	const observation = await runCheck('http.status', makeService(url, { routes: [{ path: '/products' }] }));
	expect(observation).toMatchObject({
		state: 'fail',
		reason: '/products answers 500: a server error',
		findings: [{ code: 'status.server-error' }],
	});
	expect(JSON.stringify(observation)).not.toContain('hunter2');
});

it('follows redirects to the answer', async () => {
	const { url } = await serve(routes({ '/': redirect('/home'), '/home': page }));
	expect(await runCheck('http.status', makeService(url))).toMatchObject({ state: 'ok', reason: '/ answers 200' });
});

it('looks at the path given, alone', async () => {
	const { url, asked } = await serve(routes({ '/': page, '/up': page }));
	expect((await runCheck('http.status', makeService(url), { path: '/up' })).state).toBe('ok');
	expect(asked).toContain('GET /up');
});

it('tells redirects without end as an echo of them', async () => {
	const { url } = await serve(redirect('/'));
	const observation = await runCheck('http.status', makeService(url));
	expect([observation.state, codesOf(observation), observation.echoOf]).toEqual(['fail', ['status.redirect-loop'], 'http.redirects']);
});

it('says nothing when it is told to slow down', async () => {
	const { url } = await serve((_request, response) => void response.writeHead(429).end());
	expect(await runCheck('http.status', makeService(url))).toMatchObject({ state: 'unknown', enable: expect.any(String) });
});
