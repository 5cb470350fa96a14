import { defineFaults } from '../fault.mjs';
import { signInFails } from '../symptoms/symptoms.mjs';

/** The deployment does not accept the tokens of the application's users. */
export const convexAuth = defineFaults([
	{
		id: 'convex-auth-issuer',
		title: 'the deployment expects another issuer',
		symptom: signInFails,
		causes: ['sign-in/3'],
		root: /^auth\.issuer$/,
		make: (world) => world.changeConvexEnv({ [world.names.issuer]: 'https://shop.example' }),
	},
	{
		id: 'convex-auth-audience',
		title: 'the deployment expects another audience',
		symptom: signInFails,
		causes: ['sign-in/3'],
		root: /^auth\.audience$/,
		make: (world) =>
			world.editFunctions('auth.config.ts', (source) => source.replace(/applicationID:\s*[^,\n}]+/, "applicationID: 'another-app'")),
	},
	{
		id: 'convex-auth-jwks-unreachable',
		title: 'the deployment cannot fetch the public keys',
		symptom: signInFails,
		causes: ['sign-in/3'],
		root: /^auth\.jwks-unreachable$/,
		make: (world) => world.changeConvexEnv({ [world.names.jwks]: 'http://127.0.0.1:9/.well-known/jwks.json' }),
	},
	{
		id: 'convex-auth-key-changed',
		title: 'the application signs with a key that the published set does not hold',
		symptom: signInFails,
		causes: ['sign-in/3'],
		root: /^auth\.key-id$/,
		make: async (world) => {
			const url = await world.freezeJwks();
			await world.changeConvexEnv({ [world.names.jwks]: url });
			await world.restartApp({ SHOP_JWT_PRIVATE_KEY: await world.makeSigningKey() });
		},
	},
	{
		id: 'convex-auth-no-provider',
		title: 'a push left out the auth provider',
		symptom: signInFails,
		causes: ['sign-in/3'],
		root: /^auth\.no-provider$/,
		make: (world) => world.editFunctions('auth.config.ts', () => 'export default { providers: [] };\n'),
	},
	{
		id: 'convex-user-gone',
		title: 'the account is not in the user data',
		symptom: signInFails,
		causes: ['sign-in/3'],
		root: /^users\.missing$/,
		alsoRoots: /^login\./,
		make: (world) => world.removeProbeAccount(),
	},
]);
