import { describe, expect, it } from 'vitest';
import { readCookies, writeCookie } from './cookie-header.ts';
import { checkCookieName, checkOrigin, placeCookie } from './cookie-policy.ts';
import { isLoopbackHost } from './loopback-host.ts';
import { readRequestedOrigin } from './requested-origin.ts';

const policy = { name: 'session', httpsOnly: false, insecureHttp: false };

describe('isLoopbackHost', () => {
	it.each(['localhost', 'LOCALHOST', 'localhost.', 'shop.localhost', '127.0.0.1', '127.9.8.7', '::1', '[::1]'])(
		'counts %s as this machine',
		(host) => {
			expect(isLoopbackHost(host)).toBe(true);
		},
	);
	it.each([
		'localhost.example',
		'notlocalhost',
		'128.0.0.1',
		'127.0.0',
		'127.0.0.1.nip.example',
		'127.0.0.999',
		'10.0.0.1',
		'0.0.0.0',
		'::2',
		'',
	])('does not count %s', (host) => {
		expect(isLoopbackHost(host)).toBe(false);
	});
});

describe('readRequestedOrigin', () => {
	it.each([
		['the URL alone', 'http://10.0.0.5:3000/x', {}, 'http', '10.0.0.5'],
		['the Host header before the URL', 'http://localhost:3000/', { host: 'shop.example:8080' }, 'http', 'shop.example'],
		[
			'a forwarded scheme and host',
			'http://localhost:3000/',
			{ 'x-forwarded-proto': 'https', 'x-forwarded-host': 'shop.example' },
			'https',
			'shop.example',
		],
		['the first of several forwarded schemes', 'http://localhost/', { 'x-forwarded-proto': 'HTTPS, http' }, 'https', 'localhost'],
		['nothing from a scheme that is none', 'https://shop.example/', { 'x-forwarded-proto': 'gopher' }, 'https', 'shop.example'],
		['nothing from a host that is none', 'https://shop.example/', { 'x-forwarded-host': 'a b' }, 'https', 'shop.example'],
		['IPv6 with a port', 'http://x/', { host: '[::1]:3000' }, 'http', '[::1]'],
	])('reads %s', (_, url, headers, scheme, hostname) => {
		expect(readRequestedOrigin(new Request(url, { headers }))).toMatchObject({ scheme, hostname });
	});
});

describe('placeCookie', () => {
	it.each([
		['https', 'https://shop.example/', {}],
		['https ended at a proxy', 'http://10.0.0.5/', { host: 'shop.example', 'x-forwarded-proto': 'https' }],
		['localhost over plain http', 'http://localhost:3000/', {}],
		['127.0.0.1 over plain http', 'http://127.0.0.1:3000/', {}],
	])('prefixes with __Host- on %s', (_, url, headers) => {
		expect(placeCookie(new Request(url, { headers }), policy)).toEqual({ ok: true, name: '__Host-session', secure: true });
	});

	it('refuses other plain http with a sentence that names host, cause and way out', () => {
		const place = placeCookie(new Request('http://shop.lan/'), policy);
		expect(place).toMatchObject({ ok: false, problem: { kind: 'insecure-origin', host: 'shop.lan' } });
		expect(place.ok ? '' : place.problem.message).toMatch(/plain http at shop\.lan.*https.*x-forwarded-proto/);
	});

	it('uses a bare name without Secure only when asked to', () => {
		expect(placeCookie(new Request('http://shop.lan/'), { ...policy, insecureHttp: true })).toEqual({
			ok: true,
			name: 'session',
			secure: false,
		});
	});

	it('keeps the prefix behind a silent proxy when the application is https only', () => {
		expect(placeCookie(new Request('http://shop.lan/'), { ...policy, httpsOnly: true })).toMatchObject({ ok: true, secure: true });
	});
});

describe('cookie headers', () => {
	it('reads every cookie of a name and no other', () => {
		expect(readCookies('a=1; __Host-a=2; a = 3;b=a=4; =5; a', 'a')).toEqual(['1', '3']);
		expect(readCookies('b=a=4', 'b')).toEqual(['a=4']);
		expect(readCookies(null, 'a')).toEqual([]);
	});

	it('writes attributes without Domain, and an expiry date when the cookie goes', () => {
		expect(writeCookie('__Host-a', 'v', { secure: true, httpOnly: true, sameSite: 'Lax', maxAge: 60 })).toBe(
			'__Host-a=v; Path=/; Max-Age=60; HttpOnly; Secure; SameSite=Lax',
		);
		expect(writeCookie('a', '', { secure: false, httpOnly: false, sameSite: 'Strict', maxAge: 0 })).toBe(
			'a=; Path=/; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT; SameSite=Strict',
		);
	});
});

describe('options', () => {
	it.each(['', '__Host-x', '__secure-x', 'a b', 'a;b', 'é', 'x'.repeat(65), 7])('refuses %j as a cookie name', (name) => {
		expect(() => checkCookieName('createX', name)).toThrow(/^createX: option cookieName: expected .*got /);
	});
	it.each(['shop.example', 'ftp://shop.example', '', null])('refuses %j as an origin', (origin) => {
		expect(() => checkOrigin('createX', 'origin', origin)).toThrow(/expected an http or https origin/);
	});
	it('reduces a URL to its origin', () => {
		expect(checkOrigin('createX', 'origin', 'https://Shop.example:443/path')).toBe('https://shop.example');
	});
});
