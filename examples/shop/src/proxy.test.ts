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

it('allows connections to Convex and Sentry, and promises https where the shop is declared so, on this machine too', async () => {
	vi.stubEnv('APP_URL', 'https://localhost:8443');
	vi.stubEnv('NEXT_PUBLIC_CONVEX_URL', 'https://otter-1.convex.cloud');
	vi.stubEnv('SENTRY_DSN', 'https://publickey@errors.example/42');
	vi.resetModules();
	const { proxy: configured } = await import('./proxy.ts');
	const { headers } = await configured(new NextRequest('http://localhost:3000/', { headers: { 'x-forwarded-proto': 'https' } }));
	expect(headers.get('content-security-policy')).toContain(
		"connect-src 'self' https://otter-1.convex.cloud wss://otter-1.convex.cloud https://errors.example;",
	);
	expect(headers.get('content-security-policy')).not.toContain('unsafe');
	expect(headers.get('strict-transport-security')).toMatch(/^max-age=63072000/);
	vi.unstubAllEnvs();
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
