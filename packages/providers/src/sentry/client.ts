/** Requests to the Web API of Sentry, or of whatever answers like it. */
import type { SentryTarget, VendorReach } from '@holdfast/checks/vendors';
import { askVendor, type Fetch, type NoAnswer } from '../http/ask-vendor.ts';
import type { StatusWords } from '../http/judge-status.ts';
import { parseJson } from '../http/shown-text.ts';

export interface SentryOptions {
	readonly fetch: Fetch;
	/** Milliseconds, monotonic. */
	readonly tick: () => number;
	readonly timeoutMs: number;
	/** Milliseconds since the epoch. */
	readonly now: () => number;
	readonly reach?: VendorReach | undefined;
}

export type SentryJson = { readonly kind: 'json'; readonly json: unknown };

/** A hundred issues with their statistics. */
const maxBytes = 4 * 1024 * 1024;

/**
 * @param path below the origin, `/api/0/…`, its parts escaped by the caller.
 * @param query several values of one name stand one after the other.
 */
export async function askSentry(
	target: SentryTarget,
	path: string,
	query: readonly (readonly [string, string])[],
	options: SentryOptions,
	signal: AbortSignal,
): Promise<SentryJson | NoAnswer> {
	const problem = findProblem(target);
	if (problem !== null) return problem;
	const url = new URL(path, new URL(target.url).origin);
	for (const [name, value] of query) url.searchParams.append(name, value);
	const asked = await askVendor({
		...options,
		reach: target.reach ?? options.reach,
		name: 'Sentry',
		url: url.href,
		signal,
		maxBytes,
		accept: 'application/json',
		headers: { authorization: `Bearer ${target.token?.reveal().trim() ?? ''}` },
		explain,
	});
	if (asked.kind === 'no-answer') return asked;
	const json = parseJson(asked.text);
	return json === undefined ? refuseBody(target) : { kind: 'json', json };
}

/** For an answer whose JSON is not what this question is answered with. */
export function refuseBody(target: SentryTarget): NoAnswer {
	return {
		kind: 'no-answer',
		code: 'bad-response',
		reason: `What answers at ${new URL(target.url).host} says something that Sentry’s Web API does not say here`,
		enable: 'look at `sentry: {url: …}` in holdfast.yaml: it is the origin of the Web API, as https://sentry.io',
	};
}

/** @returns why nothing can be asked; null when it can. The token goes over plain http only inside one's own network. */
function findProblem(target: SentryTarget): NoAnswer | null {
	const refuse = (reason: string): NoAnswer => ({
		kind: 'no-answer',
		code: 'refused',
		reason,
		enable: 'set `sentry: {url: …}` in holdfast.yaml to an origin such as https://sentry.io',
	});
	if (!URL.canParse(target.url)) return refuse('Sentry’s URL cannot be read');
	const { protocol, username, password, pathname, search } = new URL(target.url);
	if (username !== '' || password !== '') return refuse('Sentry’s URL holds a user name or password, which is not sent');
	if (protocol !== 'https:' && protocol !== 'http:') return refuse(`Sentry’s URL has the scheme ${protocol}, expected https:`);
	if (pathname !== '/' || search !== '') return refuse('Sentry’s URL has a path or a query, expected an origin');
	if (protocol === 'http:' && target.reach?.private !== true)
		return refuse('Sentry’s URL is plain http, over which a token is sent only for a private service');
	if (target.token === undefined || target.token.length === 0)
		return {
			kind: 'no-answer',
			code: 'not-configured',
			reason: 'No token of Sentry is configured',
			enable: 'set `sentry: {token: …}` in holdfast.yaml; a token with event:read, project:read and org:read is enough',
		};
	if (!/^[\x21-\x7e]+$/.test(target.token.reveal().trim()))
		return {
			kind: 'no-answer',
			code: 'not-configured',
			reason: 'The configured token of Sentry holds characters that no token has',
			enable: 'copy the token again',
		};
	return null;
}

function explain(status: number): StatusWords | null {
	switch (status) {
		case 401:
			return { what: 'does not accept the token: it is wrong or has expired', enable: 'make a new token and set `sentry: {token: …}`' };
		case 403:
			return { what: 'does not allow the token to ask this', enable: 'use a token with event:read, project:read and org:read' };
		case 404:
			return { what: 'knows no such organisation or project', enable: 'correct `sentry: {org: …, project: …}` in holdfast.yaml' };
		default:
			return null;
	}
}
