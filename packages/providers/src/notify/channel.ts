/**
 * The port of notification channels. It stands here and not with the interfaces that checks declare, because no check notifies:
 * the one who calls it is the engine, which may import from this package, while this package may not import from the engine.
 */
import type { NoAnswerCode } from '@holdfast/checks/vendors';
import type { NotificationMessage } from './message.ts';

export interface NotificationChannel {
	readonly kind: ChannelKind;
	/**
	 * One attempt. Never throws for what the receiver or the network does; retries, and deciding when, are the caller's.
	 * An attempt that ends without an answer may have arrived all the same: the next one carries the same key.
	 */
	send(message: NotificationMessage, options: { readonly signal: AbortSignal }): Promise<Delivery>;
}

export const channelKinds = ['email', 'slack', 'discord', 'teams', 'pagerduty', 'webhook', 'console'] as const;
export type ChannelKind = (typeof channelKinds)[number];

/** How one attempt ended. `reason` is one sentence; neither it nor `fix` ever holds a secret, a path or a query of a webhook's URL. */
export type Delivery = Delivered | Refused | TryLater;

export interface Delivered {
	readonly kind: 'delivered';
	readonly reason: string;
	/** The receiver's name for it: a message id, PagerDuty's key. */
	readonly id?: string;
}

/** The same message would be refused again: somebody has to correct something. */
export interface Refused {
	readonly kind: 'refused';
	readonly code: NoAnswerCode;
	readonly reason: string;
	/** What to correct. */
	readonly fix?: string;
}

export interface TryLater {
	readonly kind: 'try-later';
	readonly code: NoAnswerCode;
	readonly reason: string;
	readonly fix?: string;
	/** How long the receiver asks to be left alone, in milliseconds. */
	readonly afterMs?: number;
}
