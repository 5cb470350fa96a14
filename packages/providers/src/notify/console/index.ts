import type { NotificationChannel } from '../channel.ts';
import type { NotificationMessage } from '../message.ts';
import { prepareMessage } from '../templates/prepare-message.ts';
import { renderText } from '../templates/render-text.ts';

/** Where messages for the console are kept. The engine implements it; it keeps one entry for each key. */
export interface InboxPort {
	/** @returns the entry's id; of the one that is there already when the key is known. */
	keep(entry: InboxEntry, signal: AbortSignal): Promise<string>;
}

export interface InboxEntry {
	readonly message: NotificationMessage;
	/** One line of at most 140 characters. */
	readonly short: string;
	readonly text: string;
}

/** The inbox as a channel. What the inbox throws is the engine's own failure and goes on to the caller. */
export function createConsoleChannel(inbox: InboxPort): NotificationChannel {
	return {
		kind: 'console',
		send: async (message, { signal }) => {
			const prepared = prepareMessage(message);
			const id = await inbox.keep({ message, short: prepared.short, text: renderText(prepared) }, signal);
			return { kind: 'delivered', reason: 'The message stands in the console’s inbox', id };
		},
	};
}
