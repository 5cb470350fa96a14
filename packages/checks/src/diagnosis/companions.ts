/**
 * Checks asked along with others because their failure explains theirs, although the runbook does not name them (rule G20):
 * a runbook that only says "blank page" still gets to know that the page's main script is empty. Companions have companions.
 */
import type { CheckRequest } from '../contract.ts';
import { nameQuestion } from './bound-checks.ts';

interface Companion {
	/** Any of them asks for what is added. */
	readonly of: readonly string[];
	readonly adds: readonly CheckRequest[];
	readonly why: string;
}

/** With the default parameters. */
const ask = (...ids: readonly string[]): readonly CheckRequest[] => ids.map((id) => ({ id, params: {} }));

const asksConvex = [
	'convex.functions',
	'convex.sync',
	'convex.health',
	'convex.latency',
	'convex.limits',
	'convex.users',
	'convex.auth-config',
];

export const companions: readonly Companion[] = [
	{
		of: ['http.page', 'browser.console'],
		adds: ask('http.assets', 'http.redirects'),
		why: 'an empty or missing script leaves a page blank while its HTML answers 200; a redirect without end never shows it',
	},
	{
		of: ['http.assets', 'browser.console'],
		adds: ask('release.build'),
		why: 'files that a page does not get may be missing in the release',
	},
	{ of: ['http.csrf'], adds: ask('http.cookies'), why: 'a token is bound to a cookie, and a dropped cookie makes it look wrong' },
	{ of: ['http.status'], adds: ask('http.redirects'), why: 'a redirect is no error status, though it may lead nowhere' },
	{ of: ['convex.reachable', ...asksConvex], adds: ask('convex.url'), why: 'a wrong address looks like a deployment that is down' },
	{
		of: ['convex.reachable'],
		adds: ['net.dns', 'net.tcp'].map((id) => ({ id, params: { target: 'convex' } })),
		why: 'a name that is not there, or a connection that is not accepted, says why a deployment does not answer',
	},
	{
		of: ['http.list', 'auth.login', ...asksConvex],
		adds: ask('convex.reachable', 'convex.state'),
		why: 'a deployment that is down or paused shows as missing data and refused sign-ins',
	},
	{
		of: ['http.list', 'convex.functions', 'convex.sync'],
		adds: ask('convex.limits'),
		why: 'calls over a limit look like functions that fail',
	},
	{ of: ['http.list'], adds: ask('convex.functions'), why: 'a list is as good as the function that reads it' },
	{
		of: ['auth.login', 'auth.session'],
		adds: ask('http.redirects', 'http.csrf', 'http.cookies', 'convex.users', 'convex.auth-config'),
		why: 'a sign-in needs its token, its cookie, its account and a deployment that accepts it',
	},
	{ of: ['http.latency', 'vitals.p75'], adds: ask('server.resources'), why: 'a server without time or memory answers late' },
	{ of: ['http.latency', 'convex.latency'], adds: ask('convex.scans'), why: 'a query that reads a whole table makes pages wait' },
	{ of: ['http.latency'], adds: ask('convex.latency'), why: 'a page waits for the slowest of its queries' },
	{
		of: ['http.health', 'http.status', 'http.page', 'http.list', 'auth.login', 'auth.session', 'http.csrf', 'convex.url', 'env.secret'],
		adds: ask('env.required', 'env.typo', 'env.format'),
		why: 'an application that lacks what it declares fails in every other way',
	},
];

/**
 * @returns the companions of these requests, and theirs, each once; none that is asked already, under any parameters where the
 * companion has none of its own.
 */
export function listCompanions(requests: readonly CheckRequest[]): readonly CheckRequest[] {
	const asked = [...requests];
	const isAsked = ({ id, params }: CheckRequest): boolean =>
		asked.some(
			(other) => other.id === id && (Object.keys(params).length === 0 || nameQuestion(id, params) === nameQuestion(id, other.params)),
		);
	for (let before = -1; before < asked.length; ) {
		before = asked.length;
		for (const { of, adds } of companions) {
			if (!asked.some(({ id }) => of.includes(id))) continue;
			for (const companion of adds) if (!isAsked(companion)) asked.push(companion);
		}
	}
	return asked.slice(requests.length);
}
