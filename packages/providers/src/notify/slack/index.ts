import type { Secret } from '@holdfast/checks/secret';
import type { NotificationChannel } from '../channel.ts';
import type { SlackConfig } from '../channel-config.ts';
import { type ChannelClient, doubtAnswer, postMessage } from '../post-message.ts';
import { prepareMessage } from '../templates/prepare-message.ts';
import { composeSlackMessage } from './compose.ts';
import { explainSlack } from './explain.ts';

/** A channel in Slack, through an incoming webhook. It answers `ok`; it gives a message no id. */
export function createSlackChannel(config: SlackConfig<Secret>, client: ChannelClient): NotificationChannel {
	return {
		kind: 'slack',
		send: async (message, { signal }) => {
			const posted = await postMessage(
				{
					name: 'Slack',
					url: config.url.reveal(),
					body: JSON.stringify(composeSlackMessage(prepareMessage(message))),
					explain: explainSlack,
				},
				client,
				signal,
			);
			if (posted.kind !== 'answer') return posted;
			return posted.text.trim() === 'ok' ? { kind: 'delivered', reason: 'Slack has taken the message' } : doubtAnswer('Slack', '`ok`');
		},
	};
}
