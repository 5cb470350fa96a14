/** How the application signs its users' tokens against what the deployment accepts. Rules: https://docs.convex.dev/auth/advanced/custom-jwt. Pure. */
import type { ConvexReport } from '@holdfast/kit/wire';
import type { Finding } from '../../contract.ts';
import type { ConvexAuthProvider } from '../../vendors.ts';

export type AppAuth = NonNullable<ConvexReport['auth']>;

const fixConfig =
	'correct convex/auth.config.ts (or the variables of the deployment that it reads) and push it, or correct the application';

/** @param app null when the application says nothing: then only what the deployment itself says is judged. */
export function judgeAuth(providers: readonly ConvexAuthProvider[], app: AppAuth | null): readonly Finding[] {
	if (app === null) return providers.flatMap((provider) => [...judgeKeys(provider, null), ...judgeOpenAudience(provider)]);
	if (providers.length === 0)
		return [
			{
				code: 'auth.no-provider',
				severity: 'fail',
				message: `The application signs tokens as ${app.issuer}, and the deployment accepts no issuer at all`,
				fix: 'add the issuer to convex/auth.config.ts and push it',
			},
		];
	const ofIssuer = providers.filter(({ issuer }) => issuer === app.issuer);
	if (ofIssuer.length === 0) return [describeIssuer(providers, app)];
	const judged = ofIssuer.map((provider) => judgeProvider(provider, app));
	// Several providers of one issuer are alternatives: the one that fits best is meant.
	return judged.toSorted((a, b) => countFails(a) - countFails(b))[0] ?? [];
}

function judgeProvider(provider: ConvexAuthProvider, app: AppAuth): readonly Finding[] {
	return [...judgeAudience(provider, app), ...judgeAlgorithm(provider, app), ...judgeKeys(provider, app), ...judgeOpenAudience(provider)];
}

function describeIssuer(providers: readonly ConvexAuthProvider[], app: AppAuth): Finding {
	const named = providers.map(({ issuer }) => issuer);
	const bare = (text: string): string => text.replace(/^https?:\/\//, '').replace(/\/+$/, '');
	const near = named.find((issuer) => bare(issuer) === bare(app.issuer));
	const hint =
		near === undefined ? '' : '; they differ in the scheme or in a slash at the end, and have to be the same character by character';
	return {
		code: 'auth.issuer',
		severity: 'fail',
		message: `The application signs tokens as ${app.issuer}, and the deployment accepts ${named.join(', ')}${hint}`,
		fix: fixConfig,
	};
}

function judgeAudience({ audience }: ConvexAuthProvider, app: AppAuth): readonly Finding[] {
	if (audience === null || audience === app.audience) return [];
	const given = app.audience === null ? 'no audience' : `the audience ${app.audience}`;
	return [
		{
			code: 'auth.audience',
			severity: 'fail',
			message: `The application’s tokens name ${given}, and the deployment wants ${audience}`,
			fix: fixConfig,
		},
	];
}

function judgeAlgorithm({ algorithm }: ConvexAuthProvider, app: AppAuth): readonly Finding[] {
	if (algorithm === null || algorithm === app.algorithm) return [];
	return [
		{
			code: 'auth.algorithm',
			severity: 'fail',
			message: `The application signs with ${app.algorithm}, and the deployment accepts ${algorithm}`,
			fix: fixConfig,
		},
	];
}

function judgeKeys(provider: ConvexAuthProvider, app: AppAuth | null): readonly Finding[] {
	const { keys, issuer } = provider;
	const where = provider.jwksUrl === null || provider.jwksUrl === 'data:' ? `of ${issuer}` : `at ${provider.jwksUrl}`;
	const fail = (code: string, message: string, fix: string): readonly Finding[] => [{ code, severity: 'fail', message, fix }];
	if (keys === null)
		return fail(
			'auth.jwks-unreachable',
			`The keys ${where} cannot be had${provider.keysProblem === null ? '' : `: ${provider.keysProblem}`}`,
			'look at whether that address answers from outside with {"keys": […]}, and at the address in convex/auth.config.ts',
		);
	if (keys.length === 0)
		return fail('auth.key-id', `The key set ${where} is empty, so no token can be checked`, 'publish the application’s public key there');
	// Without an id the application did not say which key it signs with; its key may be missing altogether, which is another check's matter.
	if (app === null || app.keyId === null) return [];
	// A set of one key without an id is used for every token.
	const mine = keys.find(({ keyId }) => keyId === app.keyId) ?? (keys.length === 1 && keys[0]?.keyId === null ? keys[0] : undefined);
	if (mine === undefined) {
		const held = keys.map(({ keyId }) => keyId ?? 'one without an id').join(', ');
		return fail(
			'auth.key-id',
			`The application signs with the key ${app.keyId}, and the key set ${where} holds ${held}`,
			'publish the public key that belongs to the application’s private key, under the same id',
		);
	}
	if (mine.algorithm === null || mine.algorithm === app.algorithm) return [];
	return fail(
		'auth.algorithm',
		`The application signs with ${app.algorithm}, and its key ${where} is for ${mine.algorithm}`,
		'publish the key with the algorithm that it is used with',
	);
}

function judgeOpenAudience({ audience, issuer }: ConvexAuthProvider): readonly Finding[] {
	if (audience !== null) return [];
	return [
		{
			code: 'auth.any-audience',
			severity: 'info',
			message: `The deployment accepts tokens of ${issuer} for any audience`,
			fix: 'name the audience (applicationID) in convex/auth.config.ts',
		},
	];
}

function countFails(findings: readonly Finding[]): number {
	return findings.filter(({ severity }) => severity === 'fail').length;
}
