import { describe, expect, it } from 'vitest';
import { findCanonicalUrl, mayPromiseHttps } from './canonical-scheme.ts';

const https = new URL('https://shop.example');
const ask = (forwardedProto: string | null, connectionScheme = 'http') => ({
	pathAndQuery: '/products?page=2',
	forwardedProto,
	connectionScheme,
});

describe('findCanonicalUrl', () => {
	it.each([
		['plain http without a proxy', ask(null)],
		['a proxy that forwards http', ask('http')],
		['the first of several schemes', ask('HTTP, https', 'https')],
	])('sends %s to https', (_, asked) => {
		expect(findCanonicalUrl(asked, https)).toBe('https://shop.example/products?page=2');
	});

	it.each([
		['https that ended at a proxy', ask('https')],
		['https on the connection', ask(null, 'https')],
	])('leaves %s alone', (_, asked) => {
		expect(findCanonicalUrl(asked, https)).toBeNull();
	});

	it('never leaves http when the shop is declared http', () => {
		expect(findCanonicalUrl(ask('https'), new URL('http://localhost:3000'))).toBeNull();
		expect(findCanonicalUrl(ask('http'), new URL('http://localhost:3000'))).toBeNull();
	});
});

describe('mayPromiseHttps', () => {
	it.each([
		['https://shop.example', true],
		['http://shop.example', false],
		['https://localhost:8443', false],
		['https://127.0.0.1', false],
		['https://[::1]', false],
		['https://shop.localhost', false],
	])('%s: %s', (url, promise) => {
		expect(mayPromiseHttps(new URL(url))).toBe(promise);
	});
});

it.each(['https://localhost./', 'https://LOCALHOST', 'https://127.9.9.9', 'https://[::1]'])(
	'promises nothing for %s, which is this machine',
	(url) => {
		expect(mayPromiseHttps(new URL(url))).toBe(false);
	},
);
