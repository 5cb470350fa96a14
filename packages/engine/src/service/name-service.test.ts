import { describe, expect, it } from 'vitest';
import { isLoopbackUrl } from './loopback.ts';
import { nameService } from './name-service.ts';

describe('nameService', () => {
	it.each([
		['http://localhost:3000', 'shop', 'shop-local'],
		['http://localhost:3000', null, 'app-local'],
		['https://www.bakery.example', null, 'bakery-production'],
		['https://staging.bakery.example', '@ovens/bakery', 'bakery-staging'],
		['https://203.0.113.7', null, 'app-production'],
		['https://bakery.example', '日本', 'bakery-production'],
	])('%s of package %s is %s', (url, packageName, name) => {
		expect(nameService(new URL(url), packageName)).toBe(name);
	});
});

describe('isLoopbackUrl', () => {
	it.each([
		['http://localhost', true],
		['http://shop.localhost:3000', true],
		['http://127.0.0.1', true],
		['http://127.1.2.3', true],
		['http://[::1]:80', true],
		['http://localhost.example', false],
		['http://10.0.0.1', false],
		['http://127.0.0.1.example', false],
	])('%s: %s', (url, loopback) => {
		expect(isLoopbackUrl(new URL(url))).toBe(loopback);
	});
});
