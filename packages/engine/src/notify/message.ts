/** What is said to people, before a channel gives it its form. Pure. */
import type { Severity } from '../monitors/defaults.ts';

/** What is told of an incident. */
export type Told = 'opened' | 'reopened' | 'raised' | 'diagnosed' | 'acknowledged' | 'merged' | 'resolved';

export interface IncidentMention {
	readonly id: number;
	readonly service: string;
	readonly title: string;
	readonly severity: Severity;
}

export type Message =
	| {
			readonly kind: Told;
			readonly incident: IncidentMention;
			/** Why, in a sentence. */
			readonly reason: string;
			/** ISO 8601 */
			readonly at: string;
	  }
	| {
			/** Many at once, in one message. */
			readonly kind: 'digest';
			readonly of: Told;
			readonly incidents: readonly IncidentMention[];
			readonly at: string;
	  }
	| {
			/** Another channel takes nothing. */
			readonly kind: 'channel-failing';
			readonly channel: string;
			readonly reason: string;
			readonly at: string;
	  };

/** With the key by which the receiver drops a repeat. */
export type KeyedMessage = Message & { readonly key: string };

/** One line, for a subject or a log. */
export function summarise(message: Message): string {
	switch (message.kind) {
		case 'digest': {
			const worst = message.incidents.filter(({ severity }) => severity === 'critical').length;
			return `${message.incidents.length} incidents ${message.of} at once${worst === 0 ? '' : `, ${worst} of them critical`}`;
		}
		case 'channel-failing':
			return `The channel ${message.channel} takes no messages: ${message.reason}`;
		default:
			return `[${message.incident.severity}] ${message.incident.service}: ${message.incident.title} (${message.kind})`;
	}
}
