import type { Secret } from '@holdfast/checks/secret';
import { parseJson } from '../../http/shown-text.ts';
import type { NotificationChannel } from '../channel.ts';
import type { DiscordConfig } from '../channel-config.ts';
import { type ChannelClient, doubtAnswer, postMessage } from '../post-message.ts';
import { prepareMessage } from '../templates/prepare-message.ts';
import { composeDiscordMessage } from './compose.ts';
import { explainDiscord } from './explain.ts';

/** A channel in Discord, through a webhook. */
export function createDiscordChannel(config: DiscordConfig<Secret>, client: ChannelClient): NotificationChannel {
	return {
		kind: 'discord',
		send: async (message, { signal }) => {
			const posted = await postMessage(
				{
					name: 'Discord',
					url: askForAnswer(config.url.reveal().trim()),
					body: JSON.stringify(composeDiscordMessage(prepareMessage(message))),
					explain: explainDiscord,
				},
				client,
				signal,
			);
			if (posted.kind !== 'answer') return posted;
			const id = readId(posted.text);
			return id === null
				? doubtAnswer('Discord', 'which message it made')
				: { kind: 'delivered', reason: 'Discord has posted the message', id };
		},
	};
}

/**
 * Without `wait=true` Discord says 204 before the message is stored, and nothing when it is not
 * (https://discord.com/developers/docs/resources/webhook#execute-webhook).
 */
function askForAnswer(given: string): string {
	if (!URL.canParse(given)) return given;
	const url = new URL(given);
	url.searchParams.set('wait', 'true');
	return url.href;
}

function readId(text: string): string | null {
	const said = parseJson(text);
	const id = typeof said === 'object' && said !== null && 'id' in said ? said.id : null;
	return typeof id === 'string' && /^\d{1,24}$/.test(id) ? id : null;
}
