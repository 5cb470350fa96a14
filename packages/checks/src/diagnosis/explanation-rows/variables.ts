/** Rows of the environment: what a wrong variable breaks, and which checks see one variable each in its own way. */
import type { Explanation } from '../explanation.ts';
import { askConvex, useOfApplication } from './groups.ts';

/** Whatever says that a variable is missing or wrong; that it merely changed breaks only what was made with it. */
const wrong = ['env.typo', 'env.secret', 'env.present', 'env.required', 'env.format'];
const all = [...wrong, 'env.changed'];

const convexAddress = /CONVEX(?:_SITE)?_URL$/;
const session = /SESSION|COOKIE|NEXTAUTH|AUTH_SECRET|PASSWORD_PEPPER/;
const csrf = /CSRF|XSRF/;
const tokens = /JWT|JWKS|ISSUER|AUDIENCE|^AUTH_|APP_URL|SITE_URL/;

/** One variable seen by two checks: the one that says most about it is the root, the other agrees. */
const sameVariable = all.slice(0, -1).map(
	(by, index): Explanation => ({
		id: `W2${index}`,
		by,
		of: all.slice(index + 1),
		place: 'variable',
		agrees: true,
		why: 'Both see the same variable: one fault.',
	}),
);

export const variableRows: readonly Explanation[] = [
	...sameVariable,
	{
		id: 'W25',
		by: wrong,
		byVariable: convexAddress,
		byCodes: /malformed|white-space/,
		of: ['convex.url'],
		place: 'any',
		agrees: true,
		why: 'An address of the wrong form is a wrong value of its variable and a wrong address.',
	},
	{
		id: 'W26',
		by: wrong,
		byVariable: convexAddress,
		of: ['convex.url', ...askConvex],
		place: 'any',
		why: 'Without the address of its deployment the application reaches none.',
	},
	{
		id: 'W27',
		by: all,
		byVariable: session,
		of: ['auth.login', 'auth.session', 'http.csrf', 'browser.console'],
		place: 'any',
		why: 'Sessions are sealed with this secret: without a good one nobody gets a session, with two of them each loses that of the other.',
	},
	{
		id: 'W28',
		by: all,
		byVariable: csrf,
		of: ['http.csrf', 'auth.login', 'auth.session', 'browser.console'],
		place: 'any',
		why: 'Tokens are signed with this secret, and no form is accepted without one.',
	},
	{
		id: 'W29',
		by: all,
		byVariable: tokens,
		of: ['convex.auth-config', 'convex.sync', 'convex.functions', 'http.csrf', 'auth.login', 'auth.session', 'browser.console'],
		place: 'any',
		why: 'Tokens for the deployment are issued under this address and signed with this key.',
	},
	{
		id: 'W30',
		by: wrong,
		byVariable: /^(?!.*(?:SENTRY|_DSN|HOLDFAST|ANALYTICS))/,
		of: useOfApplication,
		ofCodes: /server-error|5\d\d|^health\.|^list\.|^page\.(?!redirect|not-html)|^login\.|^session\.|^browser\./,
		place: 'any',
		why: 'An application that lacks what it declares answers with errors, or does not start.',
	},
];
