import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Proved } from '../backend/accounts.ts';

const SECRET = 'q8Zr1Lw0Tn5Xv7Bc2Md9Kf4Gh6Jp3SeA';
const ada: Proved = { id: 'u1', email: 'ada@shop.example', name: 'Ada' };
const account = { email: ada.email, name: ada.name, password: 'brass and rope' };
const backend = vi.hoisted(() => ({ authenticate: vi.fn(), registerAccount: vi.fn(), beginSession: vi.fn(), findAccount: vi.fn() }));
vi.mock('../backend/accounts.ts', () => ({ ...backend, normalizeEmail: (email: string) => email.trim().toLowerCase() }));

const lines: string[] = [];
beforeEach(() => {
	lines.length = 0;
	vi.spyOn(console, 'error').mockImplementation((line: string) => void lines.push(line));
	vi.stubEnv('SESSION_SECRET', SECRET);
	vi.stubEnv('CSRF_SECRET', `x${SECRET}`);
	backend.authenticate.mockReset().mockResolvedValue(null);
	backend.registerAccount.mockReset().mockResolvedValue(ada);
	backend.beginSession.mockReset().mockResolvedValue(undefined);
	vi.resetModules();
});
afterEach(() => {
	vi.restoreAllMocks();
	vi.unstubAllEnvs();
});

const from = (visitor: string | null) =>
	new Request('http://localhost:3000/', { headers: visitor === null ? {} : { 'x-shop-visitor': visitor } });
/** Everything anew: limits without a past, and the errors as these modules know them. */
const open = async () => ({
	...(await import('./register.ts')),
	...(await import('./sign-in.ts')),
	...(await import('./turns.mjs')),
	...(await import('../backend/backend-error.ts')),
});

it('makes ten accounts for a visitor in ten minutes, and tells the next one when to come back', async () => {
	const { register } = await open();
	for (let i = 0; i < 10; i++) expect((await register(from('203.0.113.7'), account)).kind).toBe('registered');
	const outcome = await register(from('203.0.113.7'), account);
	expect(outcome).toMatchObject({ kind: 'wait', reason: 'visitor' });
	expect(outcome.kind === 'wait' && outcome.seconds).toBeGreaterThan(590);
	expect(backend.registerAccount).toHaveBeenCalledTimes(10);
	expect((await register(from('203.0.113.8'), account)).kind).toBe('registered');
});

it('does not take visitors who cannot be told apart for one', async () => {
	const { register } = await open();
	for (let i = 0; i < 20; i++) expect((await register(from(null), account)).kind).toBe('registered');
});

it('counts addresses that are taken, because asking for them tells who has an account', async () => {
	const { register, RefusedError } = await open();
	backend.registerAccount.mockRejectedValue(new RefusedError('taken', 'This e-mail address has an account already.'));
	for (let i = 0; i < 10; i++) expect((await register(from('203.0.113.7'), account)).kind).toBe('taken');
	expect((await register(from('203.0.113.7'), account)).kind).toBe('wait');
});

it('does not count what the shop could not do', async () => {
	const { register, signIn, BusyError, BackendError } = await open();
	for (const cause of [new BusyError(7), new BackendError('Convex did not answer')]) {
		backend.registerAccount.mockRejectedValue(cause);
		backend.authenticate.mockRejectedValue(cause);
		for (let i = 0; i < 70; i++) {
			await register(from('203.0.113.7'), account).catch(() => null);
			await signIn(from('203.0.113.7'), ada.email, account.password).catch(() => null);
		}
	}
	backend.registerAccount.mockResolvedValue(ada);
	backend.authenticate.mockResolvedValue(ada);
	expect((await register(from('203.0.113.7'), account)).kind).toBe('registered');
	expect((await signIn(from('203.0.113.7'), ada.email, account.password)).kind).toBe('signed-in');
});

it('lets one visitor try sixty sign-ins in five minutes, whatever the account', async () => {
	const { signIn } = await open();
	for (let i = 0; i < 60; i++) expect((await signIn(from('203.0.113.7'), `a${i}@shop.example`, 'x')).kind).toBe('wrong');
	expect(await signIn(from('203.0.113.7'), 'b@shop.example', 'x')).toMatchObject({ kind: 'wait', reason: 'visitor' });
	expect((await signIn(from('203.0.113.8'), 'b@shop.example', 'x')).kind).toBe('wrong');
});

it('says in the log once a minute that people have to wait', async () => {
	const { signIn, BusyError } = await open();
	backend.authenticate.mockRejectedValue(new BusyError(7));
	for (let i = 0; i < 50; i++) await signIn(from(null), ada.email, 'x');
	expect(lines.filter((line) => line.includes('sign-in.too-many'))).toHaveLength(1);
	expect(lines.join()).not.toContain(ada.email);
});

it('answers 429 with a sentence and with when to come back, as a page for forms and as JSON for scripts', async () => {
	const { BusyError } = await open();
	const { csrf } = await import('./csrf.ts');
	const issued = csrf.issue(from(null), null);
	if (!issued.ok) throw new Error('no token');
	const ask = (place: string, type: string) => {
		const fields = { ...account, csrf_token: issued.token };
		return new Request(`http://localhost:3000${place}`, {
			method: 'POST',
			headers: { cookie: issued.setCookie.split(';')[0] ?? '', origin: 'http://localhost:3000', 'content-type': type },
			body: type.endsWith('json') ? JSON.stringify(fields) : String(new URLSearchParams(fields)),
		});
	};
	const routes = [
		['/api/register', 'Many accounts are being made right now. Nothing you typed is wrong; try again in 7 s.'],
		['/api/session', 'Many people sign in right now. Nothing you typed is wrong; try again in 7 s.'],
	] as const;
	backend.registerAccount.mockRejectedValue(new BusyError(7));
	backend.authenticate.mockRejectedValue(new BusyError(7));
	const posts = {
		'/api/register': (await import('../app/api/register/route.ts')).POST,
		'/api/session': (await import('../app/api/session/route.ts')).POST,
	};
	for (const [place, sentence] of routes) {
		const json = await posts[place](ask(place, 'application/json'));
		expect([json.status, json.headers.get('retry-after')]).toEqual([429, '7']);
		expect(await json.json()).toEqual({ error: 'wait', message: sentence });
		const page = await posts[place](ask(place, 'application/x-www-form-urlencoded'));
		expect([page.status, page.headers.get('retry-after')]).toEqual([429, '7']);
		expect(await page.text()).toContain(`<p>${sentence}</p>`);
	}
});
