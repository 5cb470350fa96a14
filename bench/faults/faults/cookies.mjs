import { defineFaults } from '../fault.mjs';
import { signInFails } from '../symptoms/symptoms.mjs';
import { findLanAddress } from '../world/find-lan-address.mjs';

/**
 * What happens to the session cookie on its way. The other cookies pass.
 * @param {(cookie: string) => string | null} change null drops it.
 * @returns {import('../world/relay.mjs').Fault}
 */
function changeSessionCookie(change) {
	return {
		reply: (answer) => {
			const given = answer.headers['set-cookie'];
			if (given === undefined) return answer;
			const cookies = [given].flat().map((cookie) => (/^[^=]*session/i.test(cookie) ? change(cookie) : cookie));
			return { ...answer, headers: { ...answer.headers, 'set-cookie': cookies.filter((cookie) => cookie !== null) } };
		},
	};
}

/** The browser loses the session. */
export const cookies = defineFaults([
	{
		id: 'session-cookie-dropped',
		title: 'a proxy drops the session cookie',
		symptom: signInFails,
		causes: ['sign-in/4'],
		root: /^session\.|^cookie\.|^login\./,
		make: (world) => world.edge.use(changeSessionCookie(() => null)),
	},
	{
		id: 'session-cookie-foreign-domain',
		title: 'the session cookie is set for another domain',
		symptom: signInFails,
		causes: ['sign-in/4'],
		root: /^session\.|^cookie\./,
		make: (world) => world.edge.use(changeSessionCookie((cookie) => `${cookie}; Domain=shop.example`)),
	},
	{
		id: 'session-cookie-insecure',
		title: 'a proxy takes Secure off the session cookie',
		symptom: signInFails,
		causes: ['sign-in/4'],
		root: /^session\.|^cookie\./,
		make: (world) => world.edge.use(changeSessionCookie((cookie) => cookie.replace(/;\s*secure/gi, ''))),
	},
	{
		id: 'session-cookie-over-http',
		title: 'a proxy claims https for visitors who come over plain http, where browsers drop Secure cookies',
		causes: ['sign-in/4', 'sign-in/5', 'sign-in/2'],
		also: ['sign-in/2', 'sign-in/4', 'sign-in/5'],
		root: /^cookie\.|^session\.|^csrf\./,
		alsoRoots: /^login\.|^redirect\./,
		symptom: signInFails,
		hindrance: () => (findLanAddress() === null ? 'this machine has no address beside loopback, where browsers keep Secure cookies' : null),
		make: (world) => world.claimHttps(),
	},
	{
		id: 'session-cookie-expired',
		title: 'the session cookie comes with a lifetime that is over',
		symptom: signInFails,
		causes: ['sign-in/4'],
		root: /^session\.|^cookie\./,
		make: (world) => world.edge.use(changeSessionCookie((cookie) => `${cookie.replace(/;\s*(max-age|expires)=[^;]*/gi, '')}; Max-Age=0`)),
	},
	{
		id: 'session-cookie-narrow-path',
		title: 'the session cookie is valid for /sign-in only',
		symptom: signInFails,
		causes: ['sign-in/4'],
		root: /^session\.|^cookie\./,
		make: (world) => world.edge.use(changeSessionCookie((cookie) => cookie.replace(/;\s*path=[^;]*/gi, '; Path=/sign-in'))),
	},
	{
		id: 'session-cookie-too-large',
		title: 'the session cookie is larger than browsers keep',
		symptom: signInFails,
		causes: ['sign-in/4'],
		root: /^session\.|^cookie\./,
		make: (world) =>
			world.edge.use(changeSessionCookie((cookie) => cookie.replace(/=([^;]*)/, (_all, value) => `=${value}${'A'.repeat(5000)}`))),
	},
	{
		id: 'session-cookie-not-passed-in',
		title: 'a proxy does not pass cookies on to the application',
		symptom: signInFails,
		causes: ['sign-in/4', 'sign-in/2'],
		also: ['sign-in/2', 'sign-in/4'],
		root: /^session\.|^cookie\.|^csrf\./,
		alsoRoots: /^session\.|^csrf\.|^login\./,
		make: (world) => world.edge.use({ ask: (_incoming, { cookie: _cookie, ...headers }) => headers }),
	},
]);
