import type { ConvexAuthProvider, ConvexTarget, VendorVerdict } from '@holdfast/checks/vendors';
import { z } from 'zod';
import { askVendor } from '../http/ask-vendor.ts';
import { parseJson } from '../http/shown-text.ts';
import type { ConvexOptions } from './client.ts';
import { type DeclaredProvider, readAuthConfig } from './read-auth-config.ts';

type Keys = { readonly keys: ConvexAuthProvider['keys']; readonly problem: string | null };

const Text = z.string().nullish().catch(null);
const JwksSchema = z.object({ keys: z.array(z.object({ kid: Text, alg: Text, kty: Text, crv: Text })).max(100) });
const DiscoverySchema = z.object({ jwks_uri: z.string().max(2000), issuer: z.string().max(2000) });

const maxBytes = 256 * 1024;

/** Who may issue tokens for the deployment, with the keys at each JWKS, fetched from here under the guard that all requests go through. */
export async function readAuthProviders(
	target: ConvexTarget,
	options: ConvexOptions,
	signal: AbortSignal,
): Promise<VendorVerdict<readonly ConvexAuthProvider[]>> {
	const declared = await readAuthConfig(target, options, signal);
	if (declared.kind === 'no-answer') return declared;
	const value = await Promise.all(
		declared.value.slice(0, 10).map(async ({ jwks, ...provider }) => {
			const { keys, problem } = await readKeys({ jwks, ...provider }, { ...options, reach: target.reach ?? options.reach }, signal);
			return { ...provider, keys, keysProblem: problem };
		}),
	);
	return { kind: 'answer', value };
}

async function readKeys(provider: DeclaredProvider, options: ConvexOptions, signal: AbortSignal): Promise<Keys> {
	if (provider.kind === 'oidc') {
		const found = await discover(provider.issuer, options, signal);
		return found.url === null ? { keys: null, problem: found.problem } : fetchKeys(found.url, options, signal);
	}
	if (provider.jwks === null) return { keys: null, problem: 'The provider declares no JWKS' };
	const inline = /^data:[^,]{0,200},/.exec(provider.jwks)?.[0];
	if (inline === undefined) return fetchKeys(provider.jwks, options, signal);
	return translateKeys(readDataUri(inline, provider.jwks.slice(inline.length)), 'the data: URI');
}

async function discover(
	issuer: string,
	options: ConvexOptions,
	signal: AbortSignal,
): Promise<{ readonly url: string | null; readonly problem: string | null }> {
	const base = /^https?:\/\//.test(issuer) ? issuer : `https://${issuer}`;
	const asked = await ask(`${base.replace(/\/+$/, '')}/.well-known/openid-configuration`, 'The token issuer', options, signal);
	if (asked.text === null) return { url: null, problem: asked.problem };
	const parsed = DiscoverySchema.safeParse(parseJson(asked.text));
	if (!parsed.success) return { url: null, problem: `The token issuer (${new URL(base).host}) gives no OpenID configuration` };
	if (parsed.data.issuer.replace(/\/$/, '') !== base.replace(/\/$/, ''))
		return { url: null, problem: `The OpenID configuration at ${new URL(base).host} is of another issuer than the deployment expects` };
	return { url: parsed.data.jwks_uri, problem: null };
}

async function fetchKeys(url: string, options: ConvexOptions, signal: AbortSignal): Promise<Keys> {
	const asked = await ask(url, 'The JWKS', options, signal);
	return asked.text === null ? { keys: null, problem: asked.problem } : translateKeys(asked.text, new URL(url).host);
}

function translateKeys(text: string, where: string): Keys {
	const parsed = JwksSchema.safeParse(parseJson(text));
	if (!parsed.success) return { keys: null, problem: `What ${where} gives is no JWKS` };
	return {
		keys: parsed.data.keys.map(({ kid, alg, kty, crv }) => ({
			keyId: kid?.slice(0, 200) ?? null,
			algorithm: alg ?? guessAlgorithm(kty, crv),
		})),
		problem: null,
	};
}

/** A key need not name its algorithm; of the two that Convex takes, its type tells which (RFC 7518). */
function guessAlgorithm(type: string | null | undefined, curve: string | null | undefined): string | null {
	if (type === 'RSA') return 'RS256';
	return type === 'EC' && curve === 'P-256' ? 'ES256' : null;
}

async function ask(
	url: string,
	name: string,
	options: ConvexOptions,
	signal: AbortSignal,
): Promise<{ readonly text: string | null; readonly problem: string | null }> {
	if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
		return { text: null, problem: `${name} is declared with an address that is no URL` };
	const asked = await askVendor({ ...options, name, url, signal, maxBytes, accept: 'application/json' });
	return asked.kind === 'text' ? { text: asked.text, problem: null } : { text: null, problem: asked.reason };
}

function readDataUri(head: string, rest: string): string {
	try {
		return head.endsWith(';base64,') ? Buffer.from(rest, 'base64').toString('utf8') : decodeURIComponent(rest);
	} catch {
		return '';
	}
}
