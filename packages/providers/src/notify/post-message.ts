/** One POST of a message: the guarded fetch that every provider asks through, no redirects, bounded, and its end as a delivery. */
import type { NoAnswerCode, VendorReach } from '@holdfast/checks/vendors';
import { askVendor, type Fetch, type NoAnswer } from '../http/ask-vendor.ts';
import type { StatusWords } from '../http/judge-status.ts';
import type { Refused, TryLater } from './channel.ts';
import { readRetryAfter } from './read-retry-after.ts';
import { readWebhookUrl, showHost } from './read-webhook-url.ts';
import { rewordRefusal } from './reword-refusal.ts';

export interface ChannelClient {
	readonly fetch: Fetch;
	/** Milliseconds, monotonic. */
	readonly tick: () => number;
	/** Milliseconds since the epoch. */
	readonly now: () => number;
	/** Longest wait for one attempt. */
	readonly timeoutMs: number;
	/** What the channel allows. */
	readonly reach: VendorReach;
}

export interface Post {
	/** Who is behind it: `Slack`. */
	readonly name: string;
	readonly url: string;
	readonly body: string;
	readonly headers?: Readonly<Record<string, string>>;
	/** The receiver's own words for an error, as ours. */
	readonly explain?: (status: number, body: string) => StatusWords | null;
	/** `head`: any 2xx is an answer, whatever its body. */
	readonly reads?: 'head';
}

export type Posted = { readonly kind: 'answer'; readonly status: number; readonly text: string } | Refused | TryLater;

/** An answer is a short word or one message. */
const maxBytes = 64 * 1024;

export async function postMessage(post: Post, client: ChannelClient, signal: AbortSignal): Promise<Posted> {
	const target = readWebhookUrl(post.name, post.url, client.reach);
	if (target.kind === 'refused') return target;
	const { host, hostname } = target.url;
	const shown = showHost(host);
	let head: { readonly status: number; readonly retryAfter: string | null } | null = null;
	const asked = await askVendor({
		...client,
		fetch: (input, init, reach) =>
			client.fetch(input, init, reach).catch((error: unknown) => {
				throw rewordRefusal(error, showHost(hostname));
			}),
		reach: target.reach,
		name: post.name,
		url: target.url.href,
		signal,
		maxBytes,
		accept: 'application/json',
		method: 'POST',
		headers: { 'content-type': 'application/json', 'user-agent': 'Holdfast/0.1 (notification)', ...post.headers },
		body: post.body,
		statuses: 'success',
		...(post.reads === undefined ? {} : { reads: post.reads }),
		...(post.explain === undefined ? {} : { explain: post.explain }),
		onHead: (status, headers) => {
			head = { status, retryAfter: headers.get('retry-after') };
		},
	});
	if (asked.kind === 'text') return { kind: 'answer', status: asked.status, text: asked.text };
	const hide = (text: string) => text.replaceAll(host, shown).replaceAll(hostname, showHost(hostname));
	return toDelivery(asked, hide, readHead(head, client.now()));
}

/** For a 2xx whose body is not what this receiver answers: something else stood in the way, and the message may be lost. */
export function doubtAnswer(name: string, expected: string): TryLater {
	return {
		kind: 'try-later',
		code: 'bad-response',
		reason: `What answers in ${name}’s place does not say ${expected}, so the message may not have arrived`,
		fix: 'look at the URL, and at proxies between this machine and the receiver',
	};
}

interface Head {
	readonly status: number;
	readonly afterMs: number | undefined;
}

function readHead(head: { readonly status: number; readonly retryAfter: string | null } | null, now: number): Head | null {
	return head === null ? null : { status: head.status, afterMs: readRetryAfter(head.retryAfter, now) };
}

/** Codes that stay until somebody corrects something. `bad-response` is one when the receiver refuses what was sent (4xx). */
const lasting: ReadonlySet<NoAnswerCode> = new Set([
	'unauthorized',
	'forbidden',
	'not-found',
	'redirected',
	'not-configured',
	'refused',
	'bad-response',
]);
/** Refusals for now: the request took too long to arrive, or came too early. */
const passing: ReadonlySet<number> = new Set([408, 425]);

function toDelivery({ code, reason, enable }: NoAnswer, hide: (text: string) => string, head: Head | null): Refused | TryLater {
	const words = { code, reason: hide(reason), ...(enable === undefined ? {} : { fix: hide(enable) }) };
	if (lasting.has(code) && !passing.has(head?.status ?? 0)) return { kind: 'refused', ...words };
	return { kind: 'try-later', ...words, ...(head?.afterMs === undefined ? {} : { afterMs: head.afterMs }) };
}
