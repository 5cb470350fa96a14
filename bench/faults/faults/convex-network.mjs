import { defineFaults } from '../fault.mjs';
import { noLiveUpdates, productsGone } from '../symptoms/symptoms.mjs';
import { openBlackHole } from '../world/black-hole.mjs';

/** What lies between the application and its deployment. */
export const convexNetwork = defineFaults([
	{
		id: 'convex-black-hole',
		title: 'a firewall drops what goes to the deployment',
		symptom: productsGone,
		causes: ['data/3'],
		also: ['load/2', 'data/2'],
		root: /^net\.(timeout|connect)|^tcp\.|^net\./,
		make: async (world) => {
			await world.wire.shut();
			world.undo(await openBlackHole(world.wire.port));
		},
	},
	{
		id: 'convex-connections-reset',
		title: 'something on the way breaks connections to the deployment',
		symptom: productsGone,
		causes: ['data/3'],
		also: ['load/2', 'data/2'],
		root: /^convex\.|^net\./,
		make: (world) => world.wire.use({ sockets: 'reset' }),
	},
	{
		id: 'convex-websocket-blocked',
		title: 'a proxy on the way to the deployment refuses WebSockets',
		symptom: noLiveUpdates,
		causes: ['data/3', 'load/2'],
		also: ['load/2', 'data/3', 'data/2'],
		root: /^sync\./,
		make: (world) =>
			world.wire.use({
				answer: (incoming, outgoing) => {
					if (!(incoming.url ?? '').split('?')[0]?.endsWith('/sync')) return false;
					outgoing.writeHead(403);
					outgoing.end();
					return true;
				},
			}),
	},
	{
		id: 'convex-app-cut-off',
		title: 'only the application is cut off from the deployment',
		symptom: productsGone,
		causes: ['load/2', 'data/3'],
		also: ['load/2', 'data/3', 'data/1'],
		root: /^convex\.app-/,
		make: (world) => world.cutAppOff(),
	},
]);
