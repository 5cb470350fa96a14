import { NextRequest } from 'next/server';
import { expect, it } from 'vitest';
import { proxy } from './proxy.ts';

it('gives every page a script policy with a nonce of its own, and hands the same to the renderer', async () => {
	const ask = () => proxy(new NextRequest('http://localhost:3000/', { headers: { 'content-security-policy': "script-src 'nonce-mine'" } }));
	const [first, second] = [await ask(), await ask()];
	const policy = first.headers.get('content-security-policy');
	expect(policy).toMatch(/script-src 'self' 'nonce-[A-Za-z0-9+/]{22}==' 'strict-dynamic'/);
	expect(first.headers.get('x-middleware-request-content-security-policy')).toBe(policy);
	expect(second.headers.get('content-security-policy')).not.toBe(policy);
});
