import { describe, expect, it } from 'vitest';
import { createHeaders, fileHeaders } from '../headers.ts';

const ask = (url = 'https://shop.example/', headers: Record<string, string> = {}) => new Request(url, { headers });
const policyOf = (options: Parameters<typeof createHeaders>[0]) => createHeaders(options)(ask()).policy;

describe('the policy', () => {
	it('names a new nonce for each request, for scripts and styles', () => {
		const make = createHeaders();
		const [one, two] = [make(ask()), make(ask())];
		expect(one.nonce).toMatch(/^[A-Za-z0-9+/]{22}==$/);
		expect(one.nonce).not.toBe(two.nonce);
		expect(one.headers['content-security-policy']).toBe(one.policy);
		expect(one.policy).toContain(`script-src 'self' 'nonce-${one.nonce}' 'strict-dynamic';`);
		expect(one.policy).toContain(`style-src 'self' 'nonce-${one.nonce}';`);
		expect(one.policy).toMatch(/^default-src 'none';/);
	});

	it('lets the page talk to Convex over http and WebSocket, and to other origins without the keys in their URLs', () => {
		const connect = ['https://publickey@errors.example/42', 'https://a-b-1.convex.cloud'];
		expect(policyOf({ convexUrl: 'https://a-b-1.convex.cloud/', connect })).toContain(
			"connect-src 'self' https://a-b-1.convex.cloud wss://a-b-1.convex.cloud https://errors.example;",
		);
		expect(policyOf({ convexUrl: 'http://127.0.0.1:3210' })).toContain(' http://127.0.0.1:3210 ws://127.0.0.1:3210;');
	});

	it('allows pictures out of data and blob URLs until a list says otherwise', () => {
		expect(policyOf({})).toContain("img-src 'self' data: blob:;");
		expect(policyOf({ images: [] })).toContain("img-src 'self';");
		expect(policyOf({ images: ['https://img.example/a', 'data:'] })).toContain("img-src 'self' https://img.example data:;");
	});

	it('allows inline styles as far as it is told', () => {
		expect(policyOf({})).toContain("style-src-attr 'unsafe-inline'");
		expect(policyOf({ inlineStyles: 'none' })).not.toContain('unsafe');
		expect(policyOf({ inlineStyles: 'all' })).toContain("style-src 'self' 'unsafe-inline';");
	});

	it('allows eval, inline styles and any WebSocket while developing only', () => {
		expect(policyOf({})).not.toContain('unsafe-eval');
		expect(policyOf({ development: true, inlineStyles: 'none' })).toMatch(
			/'strict-dynamic' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; .*connect-src 'self' ws:;/,
		);
	});
});

describe('Strict-Transport-Security', () => {
	const isSent = (options: Parameters<typeof createHeaders>[0], request: Request) =>
		'strict-transport-security' in createHeaders(options)(request).headers;

	it.each([
		['https on the connection', 'https://shop.example/', {}, true],
		['https that ended at a proxy', 'http://10.0.0.7:3000/', { host: 'shop.example', 'x-forwarded-proto': 'https' }, true],
		['plain http, where it must not be sent', 'http://shop.example/', {}, false],
		['a proxy that forwards http', 'https://shop.example/', { 'x-forwarded-proto': 'http' }, false],
		['this machine, where it would hold for every port', 'https://localhost:8443/', {}, false],
	])('follows the request: %s', (_, url, headers, sent) => {
		expect(isSent({}, ask(url, headers))).toBe(sent);
	});

	it.each([
		['https://shop.example', 'http://127.0.0.1:3000/', true],
		['https://localhost:8443', 'http://localhost:3000/', true],
		['http://localhost:3000', 'http://localhost:3000/', false],
	])('is sent where the application is declared https, whatever is forwarded: %s', (origin, url, sent) => {
		expect(isSent({ origin }, ask(url))).toBe(sent);
	});

	it('is never sent while developing', () => {
		expect(isSent({ origin: 'https://localhost:3000', development: true }, ask('https://localhost:3000/'))).toBe(false);
	});
});

it('gives files a policy that allows nothing, in the form of next.config', () => {
	const headers = new Map(fileHeaders().map(({ key, value }) => [key, value]));
	expect(headers.get('content-security-policy')).toMatch(/^default-src 'none';/);
	for (const [key, value] of headers) if (key !== 'content-security-policy') expect(createHeaders()(ask()).headers[key]).toBe(value);
});

it.each([
	[{ convexUrl: 'not a url' }, /convexUrl/],
	[{ connect: ['javascript:1'] }, /connect/],
	[{ connect: 'https://a.example' as never }, /connect: expected a list/],
	[{ images: ['https:'] }, /images/],
	[{ inlineStyles: 'some' as never }, /inlineStyles/],
	[{ origin: 'shop.example' }, /origin/],
])('refuses %j at start', (options, message) => {
	expect(() => createHeaders(options)).toThrow(message);
});
