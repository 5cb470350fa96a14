/** The body of a generic webhook: type, time and data, as Standard Webhooks recommends. Fields are only ever added. */
import type { MessageKind, Severity } from '../message.ts';
import type { PreparedMessage } from '../templates/prepare-message.ts';

const types = {
	opened: 'incident.opened',
	updated: 'incident.updated',
	acknowledged: 'incident.acknowledged',
	resolved: 'incident.resolved',
	digest: 'incident.digest',
	test: 'channel.test',
} as const satisfies Record<MessageKind, string>;

export interface WebhookBody {
	readonly type: (typeof types)[MessageKind];
	/** When the message was written, ISO 8601. */
	readonly timestamp: string;
	readonly data: {
		/** The same in every attempt. */
		readonly dedupKey: string;
		/** The same for all that belongs together: the incident's key, where there is one. */
		readonly threadKey: string;
		readonly severity: Severity;
		readonly service: string;
		readonly title: string;
		readonly headline: string;
		readonly summary: string;
		/** One line of at most 140 characters. */
		readonly short: string;
		readonly since: string;
		readonly incident: { readonly key: string; readonly number: number; readonly url: string | null } | null;
		readonly acknowledgeUrl: string | null;
		readonly links: readonly { readonly label: string; readonly url: string }[];
		readonly facts: readonly { readonly label: string; readonly value: string }[];
		readonly diagnosis: readonly { readonly label: string; readonly lines: readonly string[] }[];
	};
}

export function composeWebhookBody(message: PreparedMessage): WebhookBody {
	const { dedupKey, threadKey, severity, service, title, headline, summary, short, incident, acknowledgeUrl, links, facts, diagnosis } =
		message;
	return {
		type: types[message.kind],
		timestamp: new Date(message.at).toISOString(),
		data: {
			dedupKey,
			threadKey,
			severity,
			service,
			title,
			headline,
			summary,
			short,
			since: new Date(message.since).toISOString(),
			incident,
			acknowledgeUrl,
			links,
			facts,
			diagnosis,
		},
	};
}
