import { describe, expect, it } from 'vitest';
import { contentPolicy, makeNonce } from './content-policy.ts';

describe('contentPolicy', () => {
	it('allows the nonce and nothing inline', () => {
		const policy = contentPolicy('abc');
		expect(policy).toContain("script-src 'self' 'nonce-abc' 'strict-dynamic';");
		expect(policy).toContain("default-src 'none';");
		expect(policy).not.toContain('unsafe');
	});

	it('opens for the dev server only what it needs', () => {
		expect(contentPolicy('abc', true)).toMatch(/'unsafe-eval'.*style-src 'self' 'unsafe-inline'/);
	});
});

describe('makeNonce', () => {
	it('is new each time and fits into a header and an attribute', () => {
		expect(makeNonce()).toMatch(/^[A-Za-z0-9+/]{22}==$/);
		expect(makeNonce()).not.toBe(makeNonce());
	});
});
