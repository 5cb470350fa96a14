import { expect, it } from 'vitest';
import { codesOf, makeService, runCheck } from '../../fixtures/check-service.ts';
import { json } from '../../fixtures/serve.ts';
import { type SignInApp, serveSignIn } from '../../fixtures/sign-in-app.ts';

const look = async (app: SignInApp = {}) => runCheck('auth.session', (await serveSignIn(app)).service);

it.each([
	['by the pages', {}],
	['by /api/session', { session: true }],
])('is well when the session holds for a second, told %s', async (_, app) => {
	expect(await look(app)).toMatchObject({ state: 'ok', reason: expect.stringMatching(/next requests and after 1(\.\d)? s/) });
});

it('fails for no cookie, and for one that browsers do not keep', async () => {
	expect(codesOf(await look({ cookie: null }))).toEqual(['session.no-cookie']);
	expect(await look({ cookie: 'Path=/; Domain=other.example' })).toMatchObject({
		findings: [{ code: 'session.no-cookie', message: expect.stringContaining('meant for other.example') }],
	});
});

it('fails when the next request, or a later one, is not signed in', async () => {
	expect(codesOf(await look({ holds: 1 }))).toEqual(['session.lost']);
	expect(await look({ holds: 3, session: true })).toMatchObject({
		reason: expect.stringContaining('of 3 requests the last is not signed in'),
	});
	expect(codesOf(await look({ holds: 4, session: true }))).toEqual(['session.lost-later']);
});

it('does not know when nobody could be signed in', async () => {
	expect((await look({ post: json({}, 500) })).state).toBe('unknown');
	expect((await runCheck('auth.session', makeService('http://127.0.0.1:9'))).state).toBe('unknown');
});

it('shows cookies by name only', async () => {
	expect(JSON.stringify(await look())).not.toContain('abcdefgh');
});
