import { defineFaults } from '../fault.mjs';
import { refused, signInFails, signInFailsAtTimes } from '../symptoms/symptoms.mjs';

/** Tokens against cross-site requests. */
export const csrf = defineFaults([
	{
		id: 'csrf-secret-missing',
		title: 'CSRF_SECRET is not set',
		symptom: signInFails,
		causes: ['sign-in/2'],
		also: ['load/1'],
		root: /^env\.(missing|empty)$/,
		make: (world) => world.restartApp({ CSRF_SECRET: null }),
	},
	{
		id: 'csrf-secret-short',
		title: 'CSRF_SECRET has 12 characters',
		symptom: signInFails,
		causes: ['sign-in/2'],
		also: ['load/1'],
		root: /^env\.too-short$/,
		make: (world) => world.restartApp({ CSRF_SECRET: 'k3Qz81xTpM4w' }),
	},
	{
		id: 'csrf-secret-differs',
		title: 'two instances run with different CSRF_SECRETs',
		symptom: signInFailsAtTimes,
		causes: ['sign-in/2'],
		root: /^env\.differs$/,
		make: (world) => world.startSecondApp({ CSRF_SECRET: world.makeSecret() }),
	},
	{
		id: 'csrf-route-gone',
		title: 'the proxy does not pass /api/csrf on',
		symptom: refused('/api/csrf'),
		causes: ['sign-in/2'],
		root: /^csrf\./,
		make: (world) => world.edge.use({ answer: (incoming, outgoing) => refuse(incoming, outgoing, 404) }),
	},
	{
		id: 'csrf-route-fails',
		title: '/api/csrf ends in 500',
		symptom: refused('/api/csrf'),
		causes: ['sign-in/2'],
		root: /^csrf\./,
		make: (world) => world.edge.use({ answer: (incoming, outgoing) => refuse(incoming, outgoing, 500) }),
	},
	{
		id: 'csrf-cookie-lost',
		title: 'a proxy drops the cookie of the token',
		symptom: signInFails,
		causes: ['sign-in/2'],
		also: ['sign-in/4'],
		root: /^csrf\./,
		make: (world) =>
			world.edge.use({
				reply: (answer) => ({
					...answer,
					headers: { ...answer.headers, 'set-cookie': listCookies(answer.headers).filter((cookie) => !/csrf/i.test(cookie)) },
				}),
			}),
	},
	{
		id: 'csrf-origin-rewritten',
		title: 'a proxy rewrites Origin, so that every form looks foreign',
		symptom: signInFails,
		causes: ['sign-in/2'],
		root: /^csrf\./,
		make: (world) =>
			world.edge.use({
				ask: (_incoming, headers) => (headers.origin === undefined ? headers : { ...headers, origin: 'http://internal.proxy' }),
			}),
	},
]);

/** @param {import('node:http').IncomingMessage} incoming @param {import('node:http').ServerResponse} outgoing @param {number} status */
function refuse(incoming, outgoing, status) {
	if (!(incoming.url ?? '').startsWith('/api/csrf')) return false;
	outgoing.writeHead(status, { 'content-type': 'text/plain' });
	outgoing.end(status === 404 ? 'Not Found' : 'Internal Server Error');
	return true;
}

/** @param {Record<string, string | string[] | undefined>} headers */
function listCookies(headers) {
	const cookies = headers['set-cookie'];
	return cookies === undefined ? [] : [cookies].flat();
}
