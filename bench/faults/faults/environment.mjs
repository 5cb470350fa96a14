import { defineFaults } from '../fault.mjs';
import { productsGone, signInFails } from '../symptoms/symptoms.mjs';

/** Variables that the application declares and does not get as it needs them. */
export const environment = defineFaults([
	{
		id: 'env-convex-url-missing',
		title: 'NEXT_PUBLIC_CONVEX_URL is not set',
		symptom: productsGone,
		causes: ['load/1'],
		also: ['data/1', 'load/2'],
		root: /^env\.(missing|empty)$/,
		make: (world) => world.restartApp({ NEXT_PUBLIC_CONVEX_URL: null }),
	},
	{
		id: 'env-convex-url-typo-in-name',
		title: 'the variable is called NEXT_PUBLIC_CONVEX_ULR',
		symptom: productsGone,
		causes: ['load/1'],
		also: ['data/1', 'load/2'],
		root: /^env\.(typo|missing)$/,
		make: (world) => world.restartApp({ NEXT_PUBLIC_CONVEX_URL: null, NEXT_PUBLIC_CONVEX_ULR: world.wireUrl }),
	},
	{
		id: 'env-convex-url-empty',
		title: 'NEXT_PUBLIC_CONVEX_URL is an empty text',
		symptom: productsGone,
		causes: ['load/1'],
		also: ['data/1', 'load/2'],
		root: /^env\.(missing|empty)$/,
		make: (world) => world.restartApp({ NEXT_PUBLIC_CONVEX_URL: '' }),
	},
	{
		id: 'env-app-url-malformed',
		title: 'APP_URL has no scheme',
		symptom: signInFails,
		causes: ['load/1'],
		also: ['sign-in/5', 'sign-in/2', 'sign-in/3'],
		root: /^env\.malformed$/,
		make: (world) => world.restartApp({ APP_URL: 'shop.example' }),
	},
	{
		id: 'env-jwt-key-missing',
		title: 'the key that signs tokens for Convex is not set',
		symptom: signInFails,
		causes: ['load/1', 'sign-in/3'],
		also: ['load/1', 'sign-in/3'],
		root: /^env\.(missing|empty)$/,
		make: (world) => world.restartApp({ SHOP_JWT_PRIVATE_KEY: null }),
	},
	{
		id: 'env-white-space',
		title: 'SESSION_SECRET was pasted with a line break at its end',
		symptom: signInFails,
		causes: ['load/1', 'sign-in/1'],
		also: ['load/1', 'sign-in/1'],
		root: /^env\.(white-space|malformed)$/,
		make: (world) => world.restartApp({ SESSION_SECRET: `${world.secrets.SESSION_SECRET}\n` }),
	},
]);
