import { randomBytes } from 'node:crypto';
import { Secret } from '@holdfast/checks/secret';
import type { ConvexAuthProvider, ConvexTarget, VendorVerdict } from '@holdfast/checks/vendors';
import { callFunction } from './call-function.ts';
import type { ConvexOptions } from './client.ts';
import { readAuthConfig } from './read-auth-config.ts';

/**
 * Presents tokens that nobody issued: one of an issuer that does not exist and, where the admin key tells the issuers that are
 * accepted, one in the name of each with a signature made of random bytes. A token is judged before any function is looked for,
 * so the function that is asked for exists nowhere and nothing happens.
 */
export async function probeForeignToken(
	target: ConvexTarget,
	options: ConvexOptions & { readonly now: () => number },
	signal: AbortSignal,
): Promise<VendorVerdict<'refused' | 'accepted'>> {
	const known = target.adminKey === undefined ? null : await readAuthConfig(target, options, signal);
	const claimed = known?.kind === 'answer' ? known.value.slice(0, 3) : [];
	const tokens = [forge(null, options.now()), ...claimed.map((provider) => forge(provider, options.now()))];
	const verdicts = await Promise.all(tokens.map((token) => present(target, token, options, signal)));
	const accepted = verdicts.find((verdict) => verdict.kind === 'answer' && verdict.value === 'accepted');
	const silent = verdicts.find((verdict) => verdict.kind === 'no-answer');
	return accepted ?? silent ?? { kind: 'answer', value: 'refused' };
}

async function present(
	target: ConvexTarget,
	token: Secret,
	options: ConvexOptions,
	signal: AbortSignal,
): Promise<VendorVerdict<'refused' | 'accepted'>> {
	const verdict = await callFunction(target, { kind: 'query', path: 'holdfast_probe:nowhere', token }, options, signal);
	if (verdict.kind === 'no-answer') return verdict.code === 'unauthorized' ? { kind: 'answer', value: 'refused' } : verdict;
	if (verdict.value.ok) return { kind: 'answer', value: 'accepted' };
	switch (verdict.value.error) {
		case 'unauthenticated':
			return { kind: 'answer', value: 'refused' };
		case 'paused':
		case 'disabled':
		case 'suspended':
		case 'over-limit':
			return {
				kind: 'no-answer',
				code: 'server-error',
				reason: `Functions of the Convex deployment (${new URL(target.url).host}) do not run, so it looks at no token`,
				enable: 'holdfast check convex.state',
			};
		case 'no-such-function':
		case 'redacted':
			// The token passed, and only then was the function looked for.
			return { kind: 'answer', value: 'accepted' };
		default:
			return {
				kind: 'no-answer',
				code: 'bad-response',
				reason: `The Convex deployment (${new URL(target.url).host}) fails before it says what it thinks of the token`,
				enable: 'holdfast check convex.functions',
			};
	}
}

function forge(provider: ConvexAuthProvider | null, nowMs: number): Secret {
	const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
	const at = Math.floor(nowMs / 1000);
	const algorithm = provider?.algorithm ?? 'RS256';
	const header = { alg: algorithm, typ: 'JWT', kid: provider?.keys?.[0]?.keyId ?? 'holdfast-nobody' };
	const claims = {
		iss: provider?.issuer ?? 'https://nobody.invalid',
		aud: provider?.audience ?? 'convex',
		sub: 'holdfast-nobody',
		iat: at,
		exp: at + 60,
	};
	return new Secret(`${part(header)}.${part(claims)}.${randomBytes(algorithm === 'ES256' ? 64 : 256).toString('base64url')}`);
}
