import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { codesOf, makeService, runCheck } from '../../fixtures/check-service.ts';
import { file, json, redirect, routes, serve } from '../../fixtures/serve.ts';
import { judgeHealth } from './judge-health.ts';

const answer = (body: unknown, status = 200) => ({
	path: '/api/health',
	status,
	text: typeof body === 'string' ? body : JSON.stringify(body),
	contentType: 'application/json',
});
const judge = (body: unknown, expectation: { status?: number; expect?: string; exact?: boolean } = {}, status = 200) =>
	judgeHealth(answer(body, status), { status: 200, ...expectation }).map(({ code, severity }) => `${severity} ${code}`);

describe('without an expectation', () => {
	it.each([[{ status: 'ok' }], [{ status: 'OK', extra: 1 }], [{ status: 'pass' }], [{ status: 'up' }]])('%j is well', (body) =>
		expect(judge(body)).toEqual([]),
	);
	it.each([
		[{ status: 'warn' }, ['warn health.warn']],
		[{ status: 'error' }, ['fail health.body']],
		[{ status: 'fail' }, ['fail health.body']],
		[{}, ['fail health.body']],
		[[], ['fail health.body']],
		['ok', ['fail health.not-json']],
		['', ['fail health.not-json']],
		['<!doctype html>', ['fail health.not-json']],
	])('%j is not', (body, codes) => expect(judge(body)).toEqual(codes));
	it('the status counts by itself', () => expect(judge({ status: 'ok' }, {}, 503)).toEqual(['fail health.status']));
});

describe('with an expectation', () => {
	const expectOk = { expect: '{"status":"ok"}' };
	it.each([
		[{ status: 'ok' }, {}, []],
		[{ status: 'error' }, {}, ['fail health.body']],
		[{ other: 1 }, {}, ['fail health.body']],
		[{ status: 'ok', version: 'x' }, {}, ['warn health.extra-fields']],
		[{ status: 'ok', version: 'x' }, { exact: true }, ['fail health.extra-fields']],
		[{ status: 'ok', version: 'x' }, { exact: false }, []],
		[{ status: 'ok' }, { expect: '{"status":"ok","db":{"up":true}}' }, ['fail health.body']],
		[{ status: 'ok', db: { up: true } }, { expect: '{"db":{"up":true},"status":"ok"}' }, []],
		[{ status: 'ok', db: { up: true, ms: 3 } }, { expect: '{"db":{"up":true},"status":"ok"}' }, ['warn health.extra-fields']],
		[[1, 2], { expect: '[1,2]' }, []],
		[[1, 3], { expect: '[1,2]' }, ['fail health.body']],
	])('%j under %j', (body, expectation, codes) => expect(judge(body, { ...expectOk, ...expectation })).toEqual(codes));
});

it('asks the route and shows what it said', async () => {
	const { url } = await serve(routes({ '/api/health': json({ status: 'ok' }) }));
	expect(await runCheck('http.health', makeService(url))).toMatchObject({
		state: 'ok',
		reason: expect.stringMatching(/^\/api\/health answers 200 \{"status":"ok"\} in \d+ ms$/),
		subject: `${url}/api/health`,
	});
});

it('tells a missing route from a sick one', async () => {
	const { url } = await serve(routes({ '/sick': json({ status: 'error' }, 503) }));
	expect((await runCheck('http.health', makeService(url))).reason).toContain('there is no such route');
	expect((await runCheck('http.health', makeService(url), { path: '/sick' })).findings.map(({ code }) => code)).toEqual([
		'health.status',
		'health.body',
	]);
	expect((await runCheck('http.health', makeService(url), { path: '/sick', status: 503, expect: '{"status":"error"}' })).state).toBe('ok');
});

it('does not follow redirects', async () => {
	const { url, asked } = await serve(routes({ '/api/health': redirect('/login') }));
	expect(codesOf(await runCheck('http.health', makeService(url)))).toEqual(['health.redirect']);
	expect(asked).not.toContain('GET /login');
});

it('takes a Location that is no URL for a finding, not for a fault of its own', async () => {
	const { url } = await serve(routes({ '/api/health': redirect('http://[') }));
	expect(await runCheck('http.health', makeService(url))).toMatchObject({
		state: 'fail',
		reason: '/api/health redirects (307) with a Location header that is no URL instead of answering',
		findings: [{ code: 'health.redirect' }],
	});
});

it('ends with a clear finding at an endless body and at a compressed bomb', async () => {
	const endless = await serve((_request, response) => {
		const write = (): void => {
			while (!response.destroyed && response.write(Buffer.alloc(256 * 1024, 'a')));
			if (!response.destroyed) response.once('drain', write);
		};
		write();
	});
	expect(await runCheck('http.health', makeService(endless.url))).toMatchObject({
		state: 'fail',
		reason: 'The body of /api/health is longer than 2 MiB or does not end; it was cut there',
	});
	const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024));
	const packed = await serve((_request, response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb));
	expect(await runCheck('http.health', makeService(packed.url))).toMatchObject({
		state: 'fail',
		findings: [{ code: 'body.bomb', message: expect.stringMatching(/unpacks to more than 10 MiB from \d+ KiB sent/) }],
	});
});

it('says nothing when it is told to slow down', async () => {
	const { url } = await serve(routes({ '/api/health': json({}, 429) }));
	expect((await runCheck('http.health', makeService(url))).state).toBe('unknown');
});

it('never shows a token that the route gives away', async () => {
	const { url } = await serve(routes({ '/api/health': file('application/json', '{"status":"ok","token":"abcdefghijklm"}') }));
	expect(JSON.stringify(await runCheck('http.health', makeService(url)))).not.toContain('abcdefghijklm');
});
