import { defineFaults } from '../fault.mjs';
import { productsGone } from '../symptoms/symptoms.mjs';

/** The deployment itself does not serve. */
export const convexState = defineFaults([
	{
		id: 'convex-down',
		title: 'the process of the deployment ended',
		symptom: productsGone,
		causes: ['data/2'],
		also: ['load/2'],
		root: /^convex\.|^net\.|^tcp\./,
		make: async (world) => {
			await world.stopConvex();
			await world.wire.shut();
			await world.site.shut();
		},
	},
	{
		id: 'convex-paused',
		title: 'somebody paused the deployment',
		symptom: productsGone,
		causes: ['data/2'],
		also: ['load/2'],
		root: /^state\.paused$|^functions\.paused$/,
		make: (world) => world.changeConvexState('paused'),
	},
	{
		id: 'convex-suspended',
		title: 'the vendor suspended the deployment',
		symptom: productsGone,
		causes: ['data/2'],
		also: ['load/2'],
		root: /^state\./,
		make: (world) => world.changeConvexState('suspended'),
	},
	{
		id: 'convex-over-limit',
		title: 'a usage limit disabled the deployment',
		symptom: productsGone,
		causes: ['data/4', 'data/2'],
		also: ['load/2', 'data/2', 'data/4'],
		root: /^state\.over-limit$|^usage\.over-limit$/,
		make: (world) => world.changeConvexState('over-limit'),
	},
	{
		id: 'convex-rate-limited',
		title: 'the deployment answers 429 to calls',
		symptom: productsGone,
		causes: ['data/4'],
		also: ['load/2'],
		root: /^limits\./,
		make: (world) => world.wire.use({ answer: (incoming, outgoing) => refuse(incoming, outgoing, 429, 'TooManyRequests') }),
	},
	{
		id: 'convex-too-many-concurrent',
		title: 'the deployment refuses calls: too many at once',
		symptom: productsGone,
		causes: ['data/4'],
		also: ['load/2'],
		root: /^limits\./,
		make: (world) => world.wire.use({ answer: (incoming, outgoing) => refuse(incoming, outgoing, 503, 'TooManyConcurrentRequests') }),
	},
	{
		id: 'convex-server-errors',
		title: 'every call of the deployment ends in 500',
		symptom: productsGone,
		causes: ['data/2'],
		also: ['load/2'],
		root: /^convex\.|^functions\./,
		make: (world) => world.wire.use({ answer: (incoming, outgoing) => refuse(incoming, outgoing, 500, 'InternalServerError', /./) }),
	},
	{
		id: 'convex-functions-throw',
		title: 'a push broke a function that every page needs',
		symptom: productsGone,
		causes: ['load/2', 'data/2'],
		also: ['load/2', 'data/2'],
		root: /^functions\./,
		make: (world) =>
			world.editFunctions('products.ts', (source) =>
				source.replaceAll(
					/handler:\s*async\s*\(([^)]*)\)(\s*:\s*[^=]+)?\s*=>\s*\{/g,
					(all) => `${all} throw new Error('price table is not an object');`,
				),
			),
	},
]);

/**
 * Refuses calls of functions; what anybody may ask of a deployment (`/version`) goes on answering, as it does at the real one.
 *
 * @param {import('node:http').IncomingMessage} incoming
 * @param {import('node:http').ServerResponse} outgoing
 * @param {number} status
 * @param {string} code
 * @param {RegExp} [paths]
 */
function refuse(incoming, outgoing, status, code, paths = /^\/api\/(query|mutation|action|function|run)/) {
	if (!paths.test(incoming.url ?? '/')) return false;
	outgoing.writeHead(status, { 'content-type': 'application/json' });
	outgoing.end(JSON.stringify({ code, message: `${code}: refused.` }));
	return true;
}
