import type { Secret } from '@holdfast/checks/secret';
import type { NotificationChannel, Refused } from '../channel.ts';
import type { WebhookConfig } from '../channel-config.ts';
import { type ChannelClient, postMessage } from '../post-message.ts';
import { prepareMessage } from '../templates/prepare-message.ts';
import { composeWebhookBody } from './compose.ts';
import { readSigningKey, signWebhook, toWebhookId } from './sign.ts';

/** A receiver of one's own: JSON, signed. Any 2xx counts, whatever its body says. */
export function createWebhookChannel(config: WebhookConfig<Secret>, client: ChannelClient): NotificationChannel {
	return {
		kind: 'webhook',
		send: async (message, { signal }) => {
			const key = readSigningKey(config.secret);
			if (key === null) return refuseSecret('secret');
			const previous = config.previousSecret === undefined ? undefined : readSigningKey(config.previousSecret);
			if (previous === null) return refuseSecret('previousSecret');
			const id = toWebhookId(message.dedupKey);
			const body = JSON.stringify(composeWebhookBody(prepareMessage(message)));
			const posted = await postMessage(
				{
					name: 'The webhook',
					url: config.url.reveal(),
					body,
					headers: { ...signWebhook(id, client.now(), body, previous === undefined ? [key] : [key, previous]) },
					reads: 'head',
				},
				client,
				signal,
			);
			return posted.kind === 'answer' ? { kind: 'delivered', reason: `The webhook has taken the message (${posted.status})`, id } : posted;
		},
	};
}

function refuseSecret(field: string): Refused {
	return {
		kind: 'refused',
		code: 'not-configured',
		reason: `The \`${field}\` of the webhook is no signing secret: expected whsec_ and base64 of 24 to 64 bytes`,
		fix: 'make one: echo "whsec_$(openssl rand -base64 32)"',
	};
}
