import { describe, expect, it } from 'vitest';
import { codesOf, runCheck } from '../../fixtures/check-service.ts';
import { answer, makeConvexService, makeView, serveConvexService, silence, withConvex } from '../../fixtures/convex-service.ts';
import type { ConvexAuthProvider } from '../../vendors.ts';
import { type AppAuth, judgeAuth } from './judge-auth.ts';

const app: AppAuth = { issuer: 'https://shop.example', audience: 'convex', algorithm: 'ES256', keyId: 'k1' };
const provider: ConvexAuthProvider = {
	kind: 'custom-jwt',
	issuer: 'https://shop.example',
	audience: 'convex',
	jwksUrl: 'https://shop.example/.well-known/jwks.json',
	algorithm: 'ES256',
	keys: [{ keyId: 'k1', algorithm: 'ES256' }],
	keysProblem: null,
};

describe('what the deployment accepts', () => {
	it.each<[string, readonly ConvexAuthProvider[], readonly string[]]>([
		['fits', [provider], []],
		['fits beside another issuer', [{ ...provider, issuer: 'https://other.example', keys: null }, provider], []],
		['nothing', [], ['auth.no-provider']],
		['another issuer', [{ ...provider, issuer: 'https://other.example' }], ['auth.issuer']],
		['a slash more', [{ ...provider, issuer: 'https://shop.example/' }], ['auth.issuer']],
		['another audience', [{ ...provider, audience: 'shop' }], ['auth.audience']],
		['any audience', [{ ...provider, audience: null }], ['auth.any-audience']],
		['another algorithm', [{ ...provider, algorithm: 'RS256' }], ['auth.algorithm']],
		['a key of another algorithm', [{ ...provider, keys: [{ keyId: 'k1', algorithm: 'RS256' }] }], ['auth.algorithm']],
		['another key', [{ ...provider, keys: [{ keyId: 'k0', algorithm: 'ES256' }] }], ['auth.key-id']],
		['no key', [{ ...provider, keys: [] }], ['auth.key-id']],
		['keys that cannot be had', [{ ...provider, keys: null, keysProblem: 'answers 404' }], ['auth.jwks-unreachable']],
	])('%s', (_name, providers, codes) => expect(judgeAuth(providers, app).map(({ code }) => code)).toEqual(codes));

	it('is named beside what the application uses', () => {
		const [finding] = judgeAuth([{ ...provider, issuer: 'https://shop.example/' }], app);
		expect(finding?.message).toContain('as https://shop.example, and the deployment accepts https://shop.example/; they differ in');
	});
});

const run = async (port: Parameters<typeof withConvex>[0], auth: AppAuth | null = app) =>
	runCheck('convex.auth-config', await serveConvexService(makeView({ auth })), {}, withConvex(port));

it('is well when all fits and a foreign token is refused', async () => {
	expect(await run({ readAuthProviders: answer([provider]) })).toMatchObject({
		state: 'ok',
		reason: expect.stringContaining('a foreign token is refused'),
	});
});

it('fails when a foreign token is accepted, also without the key', async () => {
	const accepted = { probeForeignToken: answer('accepted' as const) };
	const observation = await run({ ...accepted, readAuthProviders: silence('forbidden') });
	expect([observation.state, codesOf(observation)]).toEqual(['fail', ['auth.foreign-accepted']]);
	const paused = { system: 'none', usageLimit: 'none', user: 'paused', running: false } as const;
	expect((await run({ ...accepted, readAuthProviders: answer([provider]), readState: answer(paused) })).state).toBe('unknown');
});

it('does not arise where neither side uses tokens', async () => {
	expect(await run({}, null)).toMatchObject({ state: 'unknown', applicable: false });
});

it('is unknown when one side cannot be read', async () => {
	expect(await run({ readAuthProviders: silence('unauthorized') })).toMatchObject({ state: 'unknown', reason: 'No answer (unauthorized)' });
	const withoutKit = await runCheck('convex.auth-config', makeConvexService(), {}, withConvex({ readAuthProviders: answer([provider]) }));
	expect(withoutKit).toMatchObject({ state: 'unknown', enable: expect.stringContaining('kit') });
	expect(await run({ readAuthProviders: answer([provider]), probeForeignToken: silence('server-error') })).toMatchObject({
		state: 'unknown',
	});
});

it('says nothing of keys at an address that checks may not go to', async () => {
	const hidden = { ...provider, jwksUrl: 'http://169.254.169.254/jwks.json', keys: null, keysProblem: 'refused' };
	expect(await run({ readAuthProviders: answer([hidden]) })).toMatchObject({ state: 'unknown' });
});
