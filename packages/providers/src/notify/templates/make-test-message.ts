import type { NotificationMessage } from '../message.ts';

/**
 * The message by which a person tries a channel.
 * @param channel its name in the configuration. @param key different for every test.
 */
export function makeTestMessage(channel: string, key: string, at: number): NotificationMessage {
	return {
		kind: 'test',
		severity: 'info',
		service: '',
		title: `Holdfast reaches the channel ${channel}`,
		summary: 'This is a test. Nothing is wrong, and nothing has to be done.',
		since: at,
		at,
		facts: [],
		dedupKey: key,
	};
}
