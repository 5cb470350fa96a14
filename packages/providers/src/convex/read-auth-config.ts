import type { ConvexAuthProvider, ConvexTarget, VendorVerdict } from '@holdfast/checks/vendors';
import { z } from 'zod';
import { querySystem } from './call-function.ts';
import { type ConvexOptions, refuseBody } from './client.ts';

const Text = z.string().nullish().catch(null);
const ProvidersSchema = z.array(
	z.object({ type: Text, domain: Text, issuer: Text, jwks: Text, algorithm: Text, applicationID: Text, applicationId: Text }),
);

/** A provider as `auth.config.ts` declares it, with the whole JWKS address (which may be a `data:` URI). */
export interface DeclaredProvider extends ConvexAuthProvider {
	readonly jwks: string | null;
}

/** What `auth.config.ts` declares on the deployment (`listAuthProviders`: documents of its table `_auth`); no keys are fetched. */
export async function readAuthConfig(
	target: ConvexTarget,
	options: ConvexOptions,
	signal: AbortSignal,
): Promise<VendorVerdict<readonly DeclaredProvider[]>> {
	const path = '_system/frontend/listAuthProviders:default';
	const verdict = await querySystem(target, { path, permission: 'deployment:data:view' }, options, signal);
	if (verdict.kind === 'no-answer') return verdict;
	const parsed = ProvidersSchema.safeParse(verdict.value);
	return parsed.success ? { kind: 'answer', value: parsed.data.flatMap(toProvider) } : refuseBody(target.url);
}

function toProvider(said: z.output<typeof ProvidersSchema>[number]): readonly DeclaredProvider[] {
	const custom = said.type === 'customJwt' || (said.issuer ?? null) !== null;
	const issuer = (custom ? said.issuer : said.domain) ?? null;
	if (issuer === null) return [];
	const jwks = custom ? (said.jwks ?? null) : null;
	return [
		{
			kind: custom ? 'custom-jwt' : 'oidc',
			issuer: issuer.slice(0, 300),
			audience: said.applicationID ?? said.applicationId ?? null,
			jwksUrl: jwks?.startsWith('data:') === true ? 'data:' : (jwks?.slice(0, 300) ?? null),
			algorithm: said.algorithm ?? null,
			keys: null,
			keysProblem: null,
			jwks,
		},
	];
}
