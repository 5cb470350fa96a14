import { describe, expect, it } from 'vitest';
import { codesOf, makeService, runCheck } from '../../fixtures/check-service.ts';
import { file, type Handler, json, routes, serve } from '../../fixtures/serve.ts';
import { readSetCookie } from '../../page/read-set-cookie.ts';
import { judgeCookie } from './judge-cookie.ts';

const now = Date.parse('2026-03-01T00:00:00Z');
const judge = (header: string, url = 'https://shop.example/') =>
	judgeCookie(readSetCookie(header), new URL(url), now).map(({ code, severity }) => `${severity} ${code}`);

describe('a good cookie', () => {
	it.each([
		['__Host-session=abc; Path=/; Secure; HttpOnly; SameSite=Lax', 'https://shop.example/'],
		['__Host-session=abc; Path=/; Secure; HttpOnly; SameSite=Lax', 'http://localhost:3000/'],
		['__Host-session=abc; Path=/; Secure; HttpOnly; SameSite=Lax', 'http://127.0.0.1:3000/'],
		['__Host-session=abc; Path=/; Secure; HttpOnly; SameSite=Lax', 'http://[::1]:3000/'],
		['theme=dark; Secure', 'https://shop.example/'],
		['a=1; Domain=.shop.example; Secure', 'https://www.shop.example/'],
		['session=; Max-Age=0; Path=/; Secure; HttpOnly; SameSite=Lax', 'https://shop.example/'],
		['theme=dark', 'http://shop.example/'],
		['a=1; Max-Age=3600; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Secure', 'https://shop.example/'],
	])('%s at %s', (header, url) => expect(judge(header, url)).toEqual([]));
});

describe('browsers drop', () => {
	it.each([
		['a=1; Secure', 'http://shop.example/', 'fail cookie.secure-over-http'],
		['a=1; Secure', 'http://10.0.0.5/', 'fail cookie.secure-over-http'],
		['a=1; Secure', 'http://0.0.0.0:3000/', 'fail cookie.secure-over-http'],
		['a=1; SameSite=None', 'http://shop.example/', 'fail cookie.none-without-secure'],
		['a=1; Domain=other.example; Secure', 'https://shop.example/', 'fail cookie.domain'],
		['a=1; Domain=www.shop.example; Secure', 'https://shop.example/', 'fail cookie.domain'],
		['__Host-a=1; Secure', 'https://shop.example/', 'fail cookie.prefix'],
		['__Host-a=1; Secure; Path=/; Domain=shop.example', 'https://shop.example/', 'fail cookie.prefix'],
		['__Secure-a=1', 'http://shop.example/', 'fail cookie.prefix'],
		[`a=${'x'.repeat(4096)}; Secure`, 'https://shop.example/', 'fail cookie.size'],
		['a=1; Max-Age=0; Secure', 'https://shop.example/', 'fail cookie.expired'],
		['a=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Secure', 'https://shop.example/', 'fail cookie.expired'],
	])('%.60s at %s', (header, url, finding) => expect(judge(header, url)).toEqual([finding]));
});

describe('a session cookie is weak', () => {
	it.each([
		['sid=1; HttpOnly; SameSite=Lax', ['warn cookie.not-secure']],
		['sid=1; Secure; SameSite=Lax', ['warn cookie.not-http-only']],
		['sid=1; Secure; HttpOnly', ['warn cookie.no-same-site']],
		['sid=1; Secure; HttpOnly; SameSite=Sometimes', ['warn cookie.same-site']],
		['sid=1; Secure; HttpOnly; SameSite=Lax; Path=/account', ['warn cookie.path']],
		['csrf_token=1; Secure; SameSite=Lax', []],
	])('%s', (header, findings) => expect(judge(header)).toEqual(findings));
});

const sets =
	(...cookies: string[]): Handler =>
	(_request, response) =>
		void response.writeHead(200, { 'content-type': 'text/html', 'set-cookie': cookies }).end('<p>x</p>');

it('looks at pages, redirects and the CSRF endpoint, without showing a value', async () => {
	const { url } = await serve(
		routes({
			'/': (_request, response) => void response.writeHead(302, { location: '/home', 'set-cookie': 'hop=v4lue-of-hop; Path=/' }).end(),
			'/home': sets('sid=v4lue-of-sid; Path=/; HttpOnly; SameSite=Lax'),
			'/api/csrf': (request, response) => {
				response.setHeader('set-cookie', '__Host-csrf=v4lue-of-csrf; Path=/; Secure; SameSite=Lax');
				json({ token: 'v4lue-of-csrf' })(request, response);
			},
		}),
	);
	const observation = await runCheck('http.cookies', makeService(url));
	expect(observation).toMatchObject({ state: 'ok', reason: '3 cookies are kept by browsers: hop, sid, __Host-csrf' });
	expect(JSON.stringify(observation)).not.toContain('v4lue');
});

it('names the fault and each cookie once', async () => {
	const { url } = await serve(sets('a=1; SameSite=None', 'sid=1'));
	const observation = await runCheck('http.cookies', makeService(url));
	expect([observation.state, codesOf(observation)]).toEqual([
		'fail',
		['cookie.none-without-secure', 'cookie.not-http-only', 'cookie.no-same-site'],
	]);
});

it('cannot tell where no cookie is set', async () => {
	const { url } = await serve(file('text/html', '<p>x</p>'));
	expect(await runCheck('http.cookies', makeService(url))).toMatchObject({
		state: 'unknown',
		reason: 'No cookie was set, so its attributes could not be looked at',
	});
});
