import { defineFaults } from '../fault.mjs';
import { productsGone } from '../symptoms/symptoms.mjs';

/** The application is told the wrong address of its deployment. */
export const convexAddress = defineFaults([
	{
		id: 'convex-url-typo',
		title: 'a letter of the deployment name is wrong: no such host',
		symptom: productsGone,
		causes: ['data/1'],
		also: ['load/2', 'load/1'],
		root: /^(url|convex-url)\.|^convex\.|^net\.dns|^dns\./,
		make: (world) => world.restartApp({ NEXT_PUBLIC_CONVEX_URL: 'http://happy-anmal-123.convex.invalid' }),
	},
	{
		id: 'convex-url-other-deployment',
		title: 'the address of another deployment, which runs and is empty',
		symptom: productsGone,
		causes: ['data/1'],
		also: ['load/2', 'load/1'],
		root: /^(url|convex-url)\./,
		make: async (world) => world.restartApp({ NEXT_PUBLIC_CONVEX_URL: await world.startOtherDeployment() }),
	},
	{
		id: 'convex-url-dashboard',
		title: 'the address of the dashboard in place of the deployment',
		symptom: productsGone,
		causes: ['data/1'],
		also: ['load/2', 'load/1'],
		root: /^(url|convex-url)\./,
		make: (world) => world.restartApp({ NEXT_PUBLIC_CONVEX_URL: 'https://dashboard.convex.dev/d/happy-animal-123' }),
	},
	{
		id: 'convex-url-site',
		title: 'the address for HTTP actions in place of the deployment',
		symptom: productsGone,
		causes: ['data/1'],
		also: ['load/2', 'load/1'],
		root: /^(url|convex-url)\./,
		make: (world) => world.restartApp({ NEXT_PUBLIC_CONVEX_URL: world.siteUrl }),
	},
	{
		id: 'convex-url-with-path',
		title: 'a path stuck to the address of the deployment',
		symptom: productsGone,
		causes: ['data/1'],
		also: ['load/2', 'load/1'],
		root: /^(url|convex-url)\./,
		make: (world) => world.restartApp({ NEXT_PUBLIC_CONVEX_URL: `${world.wireUrl}/api/query` }),
	},
	{
		id: 'convex-url-no-scheme',
		title: 'the address of the deployment without its scheme',
		symptom: productsGone,
		causes: ['load/1', 'data/1'],
		also: ['load/2', 'load/1', 'data/1'],
		root: /^env\.malformed$|^(url|convex-url)\./,
		make: (world) => world.restartApp({ NEXT_PUBLIC_CONVEX_URL: 'happy-animal-123.convex.cloud' }),
	},
]);
