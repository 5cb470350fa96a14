import { describe, expect, it } from 'vitest';
import { createHeaders } from '../headers.ts';

describe('createHeaders', () => {
	it('names a new nonce for each request', () => {
		const make = createHeaders();
		const [one, two] = [make(), make()];
		expect(one.nonce).not.toBe(two.nonce);
		expect(one.headers['content-security-policy']).toContain(`script-src 'nonce-${one.nonce}' 'strict-dynamic';`);
	});

	it('lets the page talk to Convex over https and wss', () => {
		expect(createHeaders({ convexUrl: 'https://a-b-1.convex.cloud/' })().policy).toContain(
			"connect-src 'self' https://a-b-1.convex.cloud wss://a-b-1.convex.cloud;",
		);
	});

	it('allows eval while developing only', () => {
		expect(createHeaders()().policy).not.toContain('unsafe-eval');
		expect(createHeaders({ development: true })().policy).toContain("'unsafe-eval'");
	});

	it('refuses what is no origin', () => {
		expect(() => createHeaders({ convexUrl: 'not a url' })).toThrow(/convexUrl/);
		expect(() => createHeaders({ connect: ['javascript:1'] })).toThrow(/connect/);
	});
});
