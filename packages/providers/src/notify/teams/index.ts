import type { Secret } from '@holdfast/checks/secret';
import type { NotificationChannel } from '../channel.ts';
import type { TeamsConfig } from '../channel-config.ts';
import { type ChannelClient, postMessage } from '../post-message.ts';
import { composeTeamsMessage } from './compose.ts';
import { explainTeams } from './explain.ts';

/** A channel or chat in Microsoft Teams, through a workflow. It answers before it posts: that it posted stands in its run history only. */
export function createTeamsChannel(config: TeamsConfig<Secret>, client: ChannelClient): NotificationChannel {
	return {
		kind: 'teams',
		send: async (message, { signal }) => {
			const posted = await postMessage(
				{ name: 'Teams', url: config.url.reveal(), body: composeTeamsMessage(message), explain: explainTeams, reads: 'head' },
				client,
				signal,
			);
			return posted.kind === 'answer'
				? {
						kind: 'delivered',
						reason: `Teams’ workflow has taken the message (${posted.status}); whether it posts it stands in its run history`,
					}
				: posted;
		},
	};
}
