import type { Secret } from '@holdfast/checks/secret';
import { parseJson } from '../../http/shown-text.ts';
import type { NotificationChannel } from '../channel.ts';
import type { PagerDutyConfig } from '../channel-config.ts';
import { type ChannelClient, doubtAnswer, postMessage } from '../post-message.ts';
import { prepareMessage } from '../templates/prepare-message.ts';
import { composePagerDutyEvent } from './compose.ts';
import { explainPagerDuty } from './explain.ts';

/** Accounts of the service region Europe have `https://events.eu.pagerduty.com` (https://support.pagerduty.com/main/docs/service-regions). */
const usualOrigin = 'https://events.pagerduty.com';

export function createPagerDutyChannel(config: PagerDutyConfig<Secret>, client: ChannelClient): NotificationChannel {
	return {
		kind: 'pagerduty',
		send: async (message, { signal }) => {
			const routingKey = config.routingKey.reveal().trim();
			if (!/^[\x21-\x7e]{8,128}$/.test(routingKey))
				return {
					kind: 'refused',
					code: 'not-configured',
					reason: 'What is configured as PagerDuty’s routing key is none',
					fix: 'copy the integration key of an Events API v2 integration: 32 letters and digits',
				};
			const posted = await postMessage(
				{
					name: 'PagerDuty',
					url: `${(config.url ?? usualOrigin).replace(/\/+$/, '')}/v2/enqueue`,
					body: JSON.stringify(composePagerDutyEvent(prepareMessage(message), routingKey)),
					explain: explainPagerDuty,
				},
				client,
				signal,
			);
			if (posted.kind !== 'answer') return posted;
			const id = readKey(posted.text);
			return id === null
				? doubtAnswer('PagerDuty', 'that it took the event')
				: { kind: 'delivered', reason: 'PagerDuty has taken the event', ...(id === '' ? {} : { id }) };
		},
	};
}

/** `{"status":"success","message":"Event processed","dedup_key":"…"}`. @returns the key, empty when there is none; null for another answer. */
function readKey(text: string): string | null {
	const said = parseJson(text);
	if (typeof said !== 'object' || said === null || !('status' in said) || said.status !== 'success') return null;
	return 'dedup_key' in said && typeof said.dedup_key === 'string' && said.dedup_key.length <= 255 ? said.dedup_key : '';
}
