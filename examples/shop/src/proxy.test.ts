import { NextRequest } from 'next/server';
import { expect, it, vi } from 'vitest';
import { proxy } from './proxy.ts';

it('gives every page a script policy with a nonce of its own, and hands the same to the renderer', async () => {
	const ask = () => proxy(new NextRequest('http://localhost:3000/', { headers: { 'content-security-policy': "script-src 'nonce-mine'" } }));
	const [first, second] = [await ask(), await ask()];
	const policy = first.headers.get('content-security-policy');
	expect(policy).toMatch(/script-src 'self' 'nonce-[A-Za-z0-9+/]{22}==' 'strict-dynamic'/);
	expect(first.headers.get('x-middleware-request-content-security-policy')).toBe(policy);
	expect(second.headers.get('content-security-policy')).not.toBe(policy);
});

it('lets people look and not change anything during maintenance', async () => {
	vi.stubEnv('MAINTENANCE_MODE', 'true');
	vi.resetModules();
	const { proxy: guarded } = await import('./proxy.ts');
	const ask = (method: string) =>
		guarded(new NextRequest('http://localhost:3000/api/orders', { method, headers: { accept: 'text/html' } }));
	expect((await ask('GET')).status).toBe(200);
	const refused = await ask('POST');
	expect(refused.status).toBe(503);
	expect(refused.headers.get('retry-after')).not.toBeNull();
	expect(await refused.text()).toContain('We are at work');
	vi.unstubAllEnvs();
});
