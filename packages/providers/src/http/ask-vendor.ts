/**
 * One request to a vendor: bounded in time and size, no redirects, no exceptions. What comes back is text or the reason why
 * there is none; the reason never holds a header, a body or a query.
 */
import type { NoAnswerCode, VendorReach } from '@holdfast/checks/vendors';
import { describeNetworkError } from './describe-network-error.ts';
import { judgeStatus, type StatusWords } from './judge-status.ts';
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
	/** `GET` when absent. */
	readonly method?: 'GET' | 'POST';
	/** Sent besides `accept` and `user-agent`; a credential goes to this URL and, since no redirect is followed, nowhere else. */
	readonly headers?: Readonly<Record<string, string>>;
	readonly body?: string;
	/** `answer`: every status but a redirect's is an answer to look at; `success`: 200 to 299. Absent: 200 only. */
	readonly statuses?: 'answer' | 'success';
	/** `head`: the status is the answer; the body is not waited for. */
	readonly reads?: 'head';
	/** Called with what came before the body. */
	readonly onHead?: (status: number, headers: Headers) => void;
	/** What a vendor's own error body means. @returns null for the usual words of the status. */
	readonly explain?: (status: number, body: string) => StatusWords | null;
}

export type Asked = { readonly kind: 'text'; readonly text: string; readonly status: number; readonly durationMs: number } | NoAnswer;

export interface NoAnswer {
	readonly kind: 'no-answer';
	readonly code: NoAnswerCode;
	readonly reason: string;
	readonly enable?: string;
}

/** Longest error body that is looked at for its code, in bytes. */
const maxErrorBytes = 16 * 1024;

export async function askVendor(options: AskOptions): Promise<Asked> {
	const { name, timeoutMs } = options;
	const host = new URL(options.url).host;
	const timeout = new AbortController();
	const timer = setTimeout(() => timeout.abort(), timeoutMs);
	const signal = AbortSignal.any([options.signal, timeout.signal]);
	const startedAt = options.tick();
	try {
		const response = await options.fetch(
			options.url,
			{
				method: options.method ?? 'GET',
				redirect: 'manual',
				signal,
				headers: { accept: options.accept, 'user-agent': 'Holdfast/0.1 (runbook check)', ...options.headers },
				...(options.body === undefined ? {} : { body: options.body }),
			},
			options.reach,
		);
		const { status } = response;
		options.onHead?.(status, response.headers);
		if (!counts(status, options.statuses)) {
			const said = options.explain === undefined || isRedirect(status) ? null : await readText(response, maxErrorBytes);
			const verdict = judgeStatus(status, name, host, said === null ? null : (options.explain?.(status, said) ?? null));
			if (!response.bodyUsed) await response.body?.cancel();
			return verdict;
		}
		if (options.reads === 'head') await response.body?.cancel();
		const text = options.reads === 'head' ? '' : await readText(response, options.maxBytes);
		if (text === null)
			return {
				kind: 'no-answer',
				code: 'too-large',
				reason: `${name} (${host}) sends more than ${options.maxBytes} bytes, where a short answer is expected`,
			};
		return { kind: 'text', text, status, durationMs: Math.round((options.tick() - startedAt) * 10) / 10 };
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

function counts(status: number, statuses: AskOptions['statuses']): boolean {
	if (statuses === 'answer') return !isRedirect(status);
	return status === 200 || (statuses === 'success' && status > 200 && status < 300);
}

function isRedirect(status: number): boolean {
	return status === 0 || (status >= 300 && status < 400);
}
