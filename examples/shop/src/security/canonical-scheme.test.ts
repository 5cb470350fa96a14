import { describe, expect, it } from 'vitest';
import { findCanonicalUrl } from './canonical-scheme.ts';

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
