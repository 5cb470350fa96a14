import { describe, expect, it } from 'vitest';
import { codesOf, makeService, runCheck } from '../../fixtures/check-service.ts';
import { json } from '../../fixtures/serve.ts';
import { type SignInApp, serveSignIn, syntheticPassword } from '../../fixtures/sign-in-app.ts';
import { Secret } from '../../secret.ts';

const look = async (app: SignInApp = {}) => runCheck('auth.login', (await serveSignIn(app)).service);

it('signs in by the form, with the token of its hidden field or of /api/csrf', async () => {
	expect(await look()).toMatchObject({ state: 'ok', reason: expect.stringMatching(/^The form of \/sign-in takes the synthetic account/) });
	expect((await look({ tokenApart: true })).state).toBe('ok');
});

it('takes a page that a script would break for well, and shows no secret', async () => {
	const observation = await look();
	expect(JSON.stringify(observation)).not.toContain(syntheticPassword);
	expect(JSON.stringify(observation)).not.toContain('abcdefgh');
});

describe('fails for', () => {
	it.each<[string, SignInApp, string]>([
		['an error', { post: json({ error: 'configuration' }, 500) }, 'login.error'],
		['a refused form', { post: json({ error: 'mismatch' }, 403) }, 'login.csrf'],
		['a page without a form', { page: '<h1>Sign in</h1>' }, 'login.no-form'],
		['a page that is an error', { pageStatus: 500 }, 'login.error'],
	])('%s', async (_, app, code) => {
		expect(codesOf(await look(app))).toEqual([code]);
	});

	it('a wrong password, with the page’s own words', async () => {
		const { service } = await serveSignIn();
		const synthetic = { user: 'probe@shop.example', password: new Secret('something-else'), path: '/sign-in' };
		expect(await runCheck('auth.login', { ...service, synthetic })).toMatchObject({
			state: 'fail',
			findings: [{ code: 'login.refused', message: expect.stringContaining('Password is wrong') }],
		});
	});
});

it('does not know when told to slow down, without an account, or for a form elsewhere', async () => {
	expect((await look({ post: json({}, 429) })).state).toBe('unknown');
	expect(await runCheck('auth.login', makeService('http://127.0.0.1:9'))).toMatchObject({ enable: expect.stringContaining('synthetic') });
	const elsewhere = '<form method="post" action="https://other.example/"><input name="email"><input type="password" name="p"></form>';
	expect(await look({ page: elsewhere })).toMatchObject({ state: 'unknown', reason: expect.stringContaining('other.example') });
});

it('signs in once per diagnosis, and as a monitor once a minute', async () => {
	const { service, served } = await serveSignIn();
	await runCheck('auth.session', service);
	expect(served.asked.filter((line) => line === 'POST /login')).toHaveLength(1);
	expect(await runCheck('auth.login', service, {}, { purpose: 'monitor' })).toMatchObject({
		state: 'unknown',
		reason: expect.stringContaining('at most once a minute'),
	});
});
