/**
 * One request to a vendor: bounded in time and size, no redirects, no exceptions. What comes back is text or the reason why
 * there is none; the reason never holds a header, a body or a query.
 */
import type { NoAnswerCode, VendorReach } from '@holdfast/checks/vendors';
import { describeNetworkError } from './describe-network-error.ts';
import { readText } from './read-text.ts';

/** `reach`: what the service in question allows. A stand-in for tests may leave it out, ours does not. */
export type Fetch = (input: string, init: RequestInit, reach?: VendorReach) => Promise<Response>;

export interface AskOptions {
	readonly fetch: Fetch;
	/** Milliseconds, monotonic. */
	readonly tick: () => number;
	/** Who is asked, for sentences: `Convex’s status page`. */
	readonly name: string;
	readonly url: string;
	readonly signal: AbortSignal;
	/** What the service in question allows. */
	readonly reach?: VendorReach | undefined;
	/** Milliseconds. */
	readonly timeoutMs: number;
	readonly maxBytes: number;
	readonly accept: string;
}

export type Asked =
	| { readonly kind: 'text'; readonly text: string; readonly durationMs: number }
	| { readonly kind: 'no-answer'; readonly code: NoAnswerCode; readonly reason: string; readonly enable?: string };

export async function askVendor(options: AskOptions): Promise<Asked> {
	const { name, timeoutMs } = options;
	const host = new URL(options.url).host;
	const timeout = new AbortController();
	const timer = setTimeout(() => timeout.abort(), timeoutMs);
	const signal = AbortSignal.any([options.signal, timeout.signal]);
	const startedAt = options.tick();
	try {
		const headers = { accept: options.accept, 'user-agent': 'Holdfast/0.1 (runbook check)' };
		const response = await options.fetch(options.url, { method: 'GET', redirect: 'manual', signal, headers }, options.reach);
		const verdict = judgeStatus(response.status, name, host);
		if (verdict !== null) {
			await response.body?.cancel();
			return verdict;
		}
		const text = await readText(response, options.maxBytes);
		if (text === null)
			return {
				kind: 'no-answer',
				code: 'too-large',
				reason: `${name} (${host}) sends more than ${options.maxBytes} bytes, where a short answer is expected`,
			};
		return { kind: 'text', text, durationMs: Math.round((options.tick() - startedAt) * 10) / 10 };
	} catch (error) {
		if (options.signal.aborted) return { kind: 'no-answer', code: 'aborted', reason: `Stopped before ${name} (${host}) answered` };
		if (timeout.signal.aborted)
			return {
				kind: 'no-answer',
				code: 'timeout',
				reason: `${name} (${host}) does not answer within ${timeoutMs / 1000} s`,
				enable: 'look at the way out of this machine’s network',
			};
		return { kind: 'no-answer', ...describeNetworkError(error, name, host) };
	} finally {
		clearTimeout(timer);
	}
}

/** @returns null for 200; else what the status says. */
function judgeStatus(status: number, name: string, host: string): Asked | null {
	const give = (code: NoAnswerCode, what: string, enable?: string): Asked => ({
		kind: 'no-answer',
		code,
		reason: `${name} (${host}) ${what} (${status})`,
		...(enable === undefined ? {} : { enable }),
	});
	if (status === 200) return null;
	if (status === 401) return give('unauthorized', 'asks for credentials', 'look at whether the address is the public one');
	if (status === 403) return give('forbidden', 'refuses the request', 'look at whether a firewall or bot filter blocks this machine');
	if (status === 404 || status === 410) return give('not-found', 'has nothing at this address', 'correct the URL');
	if (status === 429) return give('rate-limited', 'limits requests', 'wait a minute');
	if (status === 0 || (status >= 300 && status < 400))
		return give('redirected', 'redirects, which is not followed', 'give the URL it redirects to');
	if (status >= 500) return give('server-error', 'answers with a server error');
	return give('bad-response', 'answers with an unexpected status');
}
