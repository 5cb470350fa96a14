import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BackendError } from '../backend/backend-error.ts';
import { answerBackendFailure } from './answer-backend-failure.ts';

const lines: string[] = [];
beforeEach(() => {
	lines.length = 0;
	vi.spyOn(console, 'error').mockImplementation((line: string) => void lines.push(line));
});
afterEach(() => {
	vi.restoreAllMocks();
	vi.unstubAllEnvs();
	vi.resetModules();
});

const broken = answerBackendFailure(() => Promise.reject(new BackendError('Convex did not answer: ECONNREFUSED')), {
	message: 'Sign-in cannot be checked at the moment.',
	back: '/sign-in',
});

describe('answerBackendFailure', () => {
	it('answers scripts with 503, a code and a sentence, and says why in the log only', async () => {
		const response = await broken(new Request('http://localhost/api/session'));
		expect(response.status).toBe(503);
		expect(response.headers.get('retry-after')).toBe('60');
		expect(await response.json()).toEqual({ error: 'backend', message: 'Sign-in cannot be checked at the moment.' });
		expect(JSON.parse(lines[0] ?? '')).toMatchObject({ event: 'backend.failed', message: expect.stringContaining('ECONNREFUSED') });
	});

	it('answers forms with a page and a way back', async () => {
		const headers = { 'content-type': 'application/x-www-form-urlencoded' };
		const response = await broken(new Request('http://localhost/api/session', { method: 'POST', headers, body: 'a=b' }));
		expect(response.status).toBe(503);
		expect(await response.text()).toMatch(/Sign-in cannot be checked[\s\S]*href="\/sign-in"/);
	});

	it('lets bugs pass', async () => {
		const buggy = answerBackendFailure(() => Promise.reject(new TypeError('x')), { message: 'y' });
		await expect(buggy(new Request('http://localhost/'))).rejects.toThrow(TypeError);
	});
});

describe('the routes, while nothing listens where Convex should be', () => {
	const SECRET = 'q8Zr1Lw0Tn5Xv7Bc2Md9Kf4Gh6Jp3SeA';
	beforeEach(async () => {
		const server = createServer().listen(0, '127.0.0.1');
		await new Promise((resolve) => server.once('listening', resolve));
		const { port } = server.address() as AddressInfo;
		await new Promise((resolve) => server.close(resolve));
		const key = generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey.export({ type: 'pkcs8', format: 'der' });
		for (const [name, value] of Object.entries({
			NEXT_PUBLIC_CONVEX_URL: `http://127.0.0.1:${port}`,
			SHOP_JWT_PRIVATE_KEY: key.toString('base64'),
			SESSION_SECRET: SECRET,
			CSRF_SECRET: `x${SECRET}`,
		}))
			vi.stubEnv(name, value);
		vi.resetModules();
	});

	it('answer 503 with a sentence', async () => {
		const { sessions } = await import('../security/sessions.ts');
		const { csrf } = await import('../security/csrf.ts');
		const home = new Request('http://localhost:3000/');
		const begun = await sessions.signIn(home, 'ada');
		if (!begun.ok) throw new Error(begun.problem.message);
		const issued = csrf.issue(home, begun.session.sid);
		if (!issued.ok) throw new Error('no token');
		const cookie = [begun.setCookie, issued.setCookie].map((line) => line.split(';')[0]).join('; ');
		const ask = (method: string, place: string, fields: object = {}) =>
			new Request(`http://localhost:3000${place}`, {
				method,
				headers: { cookie, origin: 'http://localhost:3000', 'content-type': 'application/json', 'x-csrf-token': issued.token },
				...(method === 'POST' ? { body: JSON.stringify(fields) } : {}),
			});
		const products = await import('../app/api/products/route.ts');
		const session = await import('../app/api/session/route.ts');
		const register = await import('../app/api/register/route.ts');
		const orders = await import('../app/api/orders/route.ts');
		for (const response of [
			await products.GET(ask('GET', '/api/products')),
			await session.GET(ask('GET', '/api/session')),
			await session.POST(ask('POST', '/api/session', { email: 'ada@shop.example', password: 'brass and rope' })),
			await session.DELETE(ask('DELETE', '/api/session')),
			await register.POST(ask('POST', '/api/register', { email: 'ada@shop.example', name: 'Ada', password: 'brass and rope' })),
			await orders.GET(ask('GET', '/api/orders')),
			await orders.POST(ask('POST', '/api/orders', { slug: 'heaving-line', quantity: 1 })),
		]) {
			expect(response.status).toBe(503);
			expect(await response.text()).not.toMatch(/ECONN| at .*\.ts/);
		}
		expect(lines.filter((line) => line.includes('backend.failed'))).toHaveLength(7);
	});
});
