import { defineFaults } from '../fault.mjs';
import { productsGone, scriptsDead, signInFails, writesRefused } from '../symptoms/symptoms.mjs';

/** What the runbook does not know: the diagnosis must find it all the same, and confirm nothing of the runbook. */
export const unknown = defineFaults([
	{
		id: 'unknown-maintenance-left-on',
		title: 'maintenance mode was left on',
		symptom: writesRefused(503),
		causes: [],
		root: /maintenance/,
		make: (world) => world.setMaintenance(true),
	},
	{
		id: 'unknown-scripts-as-text',
		title: 'a proxy sends scripts as text/plain, which browsers refuse to run',
		symptom: scriptsDead,
		causes: [],
		root: /^assets?\.|^browser\./,
		make: (world) =>
			world.edge.use({
				reply: (answer) =>
					answer.path.endsWith('.js') ? { ...answer, headers: { ...answer.headers, 'content-type': 'text/plain' } } : answer,
			}),
	},
	{
		id: 'unknown-policy-blocks-scripts',
		title: 'a proxy adds a content policy that blocks every script',
		symptom: scriptsDead,
		causes: [],
		root: /^browser\.|^headers?\.|^csp\./,
		browser: true,
		hindrance: (world) => (world.hasBrowser ? null : 'there is no Chromium here'),
		make: (world) =>
			world.edge.use({
				reply: (answer) => ({
					...answer,
					headers: { ...answer.headers, 'content-security-policy': "default-src 'self'; script-src 'none'" },
				}),
			}),
	},
	{
		id: 'unknown-sign-in-throttled',
		title: 'a firewall of the web refuses the form of the sign-in with 403',
		symptom: signInFails,
		causes: [],
		root: /^login\./,
		make: (world) =>
			world.edge.use({
				answer: (incoming, outgoing) => {
					if (incoming.method !== 'POST' || !/^\/(api\/session|sign-in)/.test(incoming.url ?? '')) return false;
					outgoing.writeHead(403, { 'content-type': 'text/html' });
					outgoing.end('<h1>Request blocked</h1>');
					return true;
				},
			}),
	},
	{
		id: 'unknown-empty-table',
		title: 'somebody emptied the table of products',
		symptom: productsGone,
		causes: [],
		root: /^list\./,
		make: (world) => world.removeProducts(),
	},
]);
