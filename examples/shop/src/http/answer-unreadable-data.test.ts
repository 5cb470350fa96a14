import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DataError } from '../data/json-file.ts';
import { answerUnreadableData } from './answer-unreadable-data.ts';

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

const broken = answerUnreadableData(
	() => Promise.reject(new DataError('accounts.json: expected JSON, got 3 characters that are not. Restore the file from a backup.')),
	{ message: 'Sign-in cannot be checked at the moment.', back: '/sign-in' },
);

describe('answerUnreadableData', () => {
	it('answers scripts with 503, a code and a sentence, and names the file in the log only', async () => {
		const response = await broken(new Request('http://localhost/api/session'));
		expect(response.status).toBe(503);
		expect(response.headers.get('retry-after')).toBe('60');
		expect(await response.json()).toEqual({ error: 'data', message: 'Sign-in cannot be checked at the moment.' });
		expect(JSON.parse(lines[0] ?? '')).toMatchObject({ event: 'data.unreadable', message: expect.stringContaining('accounts.json') });
	});

	it('answers forms with a page and a way back', async () => {
		const headers = { 'content-type': 'application/x-www-form-urlencoded' };
		const response = await broken(new Request('http://localhost/api/session', { method: 'POST', headers, body: 'a=b' }));
		expect(response.status).toBe(503);
		expect(await response.text()).toMatch(/Sign-in cannot be checked[\s\S]*href="\/sign-in"/);
	});

	it('lets bugs pass', async () => {
		const buggy = answerUnreadableData(() => Promise.reject(new TypeError('x')), { message: 'y' });
		await expect(buggy(new Request('http://localhost/'))).rejects.toThrow(TypeError);
	});
});

describe('the routes, with a corrupt file of accounts and sessions', () => {
	const SECRET = 'q8Zr1Lw0Tn5Xv7Bc2Md9Kf4Gh6Jp3SeA';
	let folder = '';
	beforeEach(async () => {
		folder = await mkdtemp(path.join(tmpdir(), 'shop-broken-'));
		for (const name of ['accounts', 'revoked-sessions', 'orders']) await writeFile(path.join(folder, `${name}.json`), '{"half":');
		for (const [name, value] of Object.entries({ SHOP_DATA_DIR: folder, SESSION_SECRET: SECRET, CSRF_SECRET: `x${SECRET}` }))
			vi.stubEnv(name, value);
		vi.resetModules();
	});
	afterEach(() => rm(folder, { recursive: true, force: true }));

	it('answer 503 with a sentence to who is signed in', async () => {
		const { sessions } = await import('../security/sessions.ts');
		const begun = await sessions.signIn(new Request('http://localhost:3000/'), 'ada');
		const cookie = begun.ok ? (begun.setCookie.split(';')[0] ?? '') : '';
		const ask = (method: string, place: string) =>
			new Request(`http://localhost:3000${place}`, {
				method,
				headers: { cookie, origin: 'http://localhost:3000', 'content-type': 'application/json' },
				...(method === 'POST' ? { body: '{}' } : {}),
			});
		const session = await import('../app/api/session/route.ts');
		const orders = await import('../app/api/orders/route.ts');
		const signOut = await import('../app/sign-out/route.ts');
		for (const response of [
			await session.GET(ask('GET', '/api/session')),
			await session.POST(ask('POST', '/api/session')),
			await session.DELETE(ask('DELETE', '/api/session')),
			await orders.GET(ask('GET', '/api/orders')),
			await orders.POST(ask('POST', '/api/orders')),
			await signOut.POST(ask('POST', '/sign-out')),
		]) {
			expect(response.status).toBe(503);
			expect(await response.text()).not.toMatch(/json:| at .*\.ts/);
		}
		expect(lines.every((line) => line.includes('data.unreadable'))).toBe(true);
	});
});
