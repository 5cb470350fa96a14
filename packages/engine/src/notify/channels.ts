import type { KeyedMessage } from './message.ts';

export type Delivery =
	/** The other side has it. */
	| { readonly kind: 'delivered'; readonly reason: string }
	/** It will never be taken as it is: wrong address, no permission. */
	| { readonly kind: 'refused'; readonly reason: string }
	/** Not now. `retryAfterMs`: what the other side asked for. */
	| { readonly kind: 'try-later'; readonly reason: string; readonly retryAfterMs?: number };

/** The way out to people. A send that throws, or does not end before `signal`, is tried again. No reason may hold a secret. */
export interface ChannelPort {
	/** Names of the configured channels. */
	readonly names: readonly string[];
	readonly send: (channel: string, message: KeyedMessage, signal: AbortSignal) => Promise<Delivery>;
}
