import { describe, expect, it } from 'vitest';
import { contentPolicy, findBrowserAddresses, makeNonce } from './content-policy.ts';

describe('contentPolicy', () => {
	it('allows the nonce and nothing inline', () => {
		const policy = contentPolicy({ nonce: 'abc' });
		expect(policy).toContain("script-src 'self' 'nonce-abc' 'strict-dynamic';");
		expect(policy).toContain("default-src 'none';");
		expect(policy).not.toContain('unsafe');
	});

	it('opens for the dev server only what it needs', () => {
		expect(contentPolicy({ nonce: 'abc', development: true })).toMatch(/'unsafe-eval'.*style-src 'self' 'unsafe-inline'/);
	});
});

describe('findBrowserAddresses', () => {
	it('names the origin for both protocols, and nothing for what is no address', () => {
		expect(findBrowserAddresses(['https://otter-1.convex.cloud/api', 'http://127.0.0.1:3210', null, 'nonsense', 'ftp://x'])).toEqual([
			'https://otter-1.convex.cloud',
			'wss://otter-1.convex.cloud',
			'http://127.0.0.1:3210',
			'ws://127.0.0.1:3210',
		]);
	});

	it('keeps keys out of the policy', () => {
		expect(findBrowserAddresses(['https://publickey@errors.example/42'])[0]).toBe('https://errors.example');
	});
});

describe('makeNonce', () => {
	it('is new each time and fits into a header and an attribute', () => {
		expect(makeNonce()).toMatch(/^[A-Za-z0-9+/]{22}==$/);
		expect(makeNonce()).not.toBe(makeNonce());
	});
});
