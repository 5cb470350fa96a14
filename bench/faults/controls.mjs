/** The healthy deployment in the situations in which it is most easily taken for a sick one. */
import { ask } from './symptoms/visitor.mjs';

/**
 * @typedef {import('./world/world.d.ts').World} World
 *
 * @typedef {object} Control
 * @property {string} name
 * @property {true} [browser] The diagnosis walks the application in Chromium.
 * @property {(world: World) => Promise<void>} prepare What is done before the diagnosis; `world.mend()` undoes it.
 */

/** Requests that come at once, every second. */
const BURST = 10;

/** @type {readonly Control[]} */
export const controls = [
	{ name: 'as it is, with the browser', browser: true, prepare: async () => {} },
	{ name: 'during a burst of load', prepare: async (world) => loadWithBursts(world) },
	{ name: 'just after a restart', prepare: async (world) => world.restartApp({}) },
	{ name: 'behind a proxy that ends TLS', prepare: serveBehindTls },
	{ name: 'as it is', prepare: async () => {} },
];

/** @param {World} world */
function loadWithBursts(world) {
	const paths = ['/', '/products', '/sign-in', '/api/products'];
	const burst = () => {
		for (let count = 0; count < BURST; count += 1)
			ask(`${world.edgeUrl}${paths[count % paths.length]}`).catch(() => {
				// The diagnosis is what is asked; a visitor who goes away is none of its business.
			});
	};
	burst();
	const timer = setInterval(burst, 1000);
	world.undo(() => clearInterval(timer));
}

/** @param {World} world */
async function serveBehindTls(world) {
	const url = await world.serveTls({ forwardsScheme: true });
	await world.changeConvexEnv({ [world.names.issuer]: url });
	await world.restartApp({ APP_URL: url });
}
