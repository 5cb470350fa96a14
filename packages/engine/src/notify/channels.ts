import type { NotificationMessage } from '@holdfast/providers/notification';

export type Delivery =
	/** The other side has it. */
	| { readonly kind: 'delivered'; readonly reason: string }
	/** It will never be taken as it is: wrong address, no permission. */
	| { readonly kind: 'refused'; readonly reason: string }
	/** Not now. `retryAfterMs`: what the other side asked for. */
	| { readonly kind: 'try-later'; readonly reason: string; readonly retryAfterMs?: number };

/** The way out to people. A send that throws, or does not end before `signal`, is tried again. No reason may hold a secret. */
export interface ChannelPort {
	/** Names of the configured channels; those that wake somebody first. */
	readonly names: readonly string[];
	/** Longest that one attempt may take, where it is not the usual. Always less than a lease of 30 s. */
	readonly limitMs?: (channel: string) => number | undefined;
	/** Whether it keeps a state for each incident by itself: it is told the end of each, never of many at once. */
	readonly keepsIncidents?: (channel: string) => boolean;
	readonly send: (channel: string, message: NotificationMessage, signal: AbortSignal) => Promise<Delivery>;
}
