import { defineFaults } from '../fault.mjs';
import { redirectsForEver } from '../symptoms/symptoms.mjs';

/** Requests that go in circles. */
export const redirects = defineFaults([
	{
		id: 'redirect-scheme-loop',
		title: 'the proxy ends TLS and does not say so, the application sends every visitor to https again',
		symptom: redirectsForEver('/'),
		causes: ['sign-in/5'],
		also: ['sign-in/5'],
		root: /^redirect\.(scheme-loop|loop)$/,
		make: async (world) => {
			const url = await world.serveTls({});
			await world.changeConvexEnv({ [world.names.issuer]: url });
			await world.restartApp({ APP_URL: url });
		},
	},
	{
		id: 'redirect-loop-at-the-edge',
		title: 'a rule of the proxy sends /sign-in to itself',
		symptom: redirectsForEver('/sign-in'),
		causes: ['sign-in/5'],
		root: /^redirect\.|^status\.|^page\./,
		make: (world) => world.edge.use({ answer: (incoming, outgoing) => send(incoming, outgoing, /^\/sign-in/, '/sign-in') }),
	},
	{
		id: 'redirect-pair',
		title: 'two rules of the proxy send / and /home to each other',
		symptom: redirectsForEver('/'),
		causes: ['sign-in/5'],
		root: /^redirect\./,
		make: (world) =>
			world.edge.use({
				answer: (incoming, outgoing) => send(incoming, outgoing, /^\/$/, '/home') || send(incoming, outgoing, /^\/home$/, '/'),
			}),
	},
]);

/**
 * @param {import('node:http').IncomingMessage} incoming
 * @param {import('node:http').ServerResponse} outgoing
 * @param {RegExp} from
 * @param {string} to
 */
function send(incoming, outgoing, from, to) {
	if (!from.test((incoming.url ?? '/').split('?')[0] ?? '/')) return false;
	outgoing.writeHead(307, { location: to });
	outgoing.end();
	return true;
}
