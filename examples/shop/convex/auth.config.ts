import type { AuthConfig } from 'convex/server';

/** The shop signs its own tokens. Both values are set on the deployment: `npx convex env set SHOP_ISSUER https://…`. */
export default {
	providers: [
		{
			type: 'customJwt',
			applicationID: 'bight-and-cleat',
			// oxlint-disable-next-line node/no-process-env -- the deployment's environment, not the app's
			issuer: process.env.SHOP_ISSUER ?? 'http://localhost:3000',
			// oxlint-disable-next-line node/no-process-env -- likewise
			jwks: process.env.SHOP_JWKS_URL ?? 'http://localhost:3000/.well-known/jwks.json',
			algorithm: 'ES256',
		},
	],
} satisfies AuthConfig;
