/**
 * Checks asked along with others because their failure explains theirs, although the runbook does not name them (rule G20):
 * a runbook that only says "blank page" still gets to know that the page's main script is empty.
 */
import type { CheckRequest } from '../contract.ts';
import { nameQuestion } from './bound-checks.ts';

interface Companion {
	readonly of: string;
	readonly adds: CheckRequest;
	readonly why: string;
}

export const companions: readonly Companion[] = [
	{
		of: 'http.page',
		adds: { id: 'http.assets', params: {} },
		why: 'an empty or missing script leaves a page blank while its HTML answers 200',
	},
	{ of: 'http.page', adds: { id: 'http.redirects', params: {} }, why: 'a page behind a redirect without end is never shown' },
	{
		of: 'http.csrf',
		adds: { id: 'http.cookies', params: {} },
		why: 'a token is bound to a cookie, and a dropped cookie makes it look wrong',
	},
	{ of: 'http.status', adds: { id: 'http.redirects', params: {} }, why: 'a redirect is no error status, though it may lead nowhere' },
	{ of: 'convex.reachable', adds: { id: 'convex.url', params: {} }, why: 'a wrong address looks like a deployment that is down' },
];

/** @returns the companions of these requests that are not among them under any parameters, each once. */
export function listCompanions(requests: readonly CheckRequest[]): readonly CheckRequest[] {
	const asked = new Set(requests.map((request) => request.id));
	const wanted = companions
		.filter((companion) => asked.has(companion.of) && !asked.has(companion.adds.id))
		.map((companion) => companion.adds);
	return [...new Map(wanted.map((request) => [nameQuestion(request.id, request.params), request])).values()];
}
