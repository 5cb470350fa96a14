/**
 * An event of PagerDuty's Events API v2 (https://developer.pagerduty.com/docs/events-api-v2/trigger-events/). The key of the incident joins
 * its trigger, acknowledge and resolve; limits: summary 1,024 characters, key 255, 512 KB in all.
 */
import { createHash } from 'node:crypto';
import type { MessageKind, Severity } from '../message.ts';
import { cutAt } from '../templates/clean-line.ts';
import type { PreparedMessage } from '../templates/prepare-message.ts';

export type PagerDutyEvent = {
	readonly routing_key: string;
	readonly dedup_key: string;
} & (
	| { readonly event_action: 'acknowledge' | 'resolve' }
	| {
			readonly event_action: 'trigger';
			readonly payload: {
				readonly summary: string;
				readonly source: string;
				readonly severity: 'critical' | 'error' | 'warning' | 'info';
				readonly timestamp: string;
				readonly class: MessageKind;
				readonly custom_details: Readonly<Record<string, string | readonly string[]>>;
			};
			readonly client: 'Holdfast';
			readonly client_url?: string;
			readonly links: readonly { readonly href: string; readonly text: string }[];
	  }
);

const severities = { critical: 'critical', major: 'error', minor: 'warning', info: 'info' } as const satisfies Record<Severity, string>;
const maxSummary = 1024;
const maxKey = 255;

export function composePagerDutyEvent(message: PreparedMessage, routingKey: string): PagerDutyEvent {
	const key = { routing_key: routingKey, dedup_key: toKey(message.threadKey) };
	if (message.kind === 'acknowledged') return { ...key, event_action: 'acknowledge' };
	if (message.kind === 'resolved') return { ...key, event_action: 'resolve' };
	return {
		...key,
		event_action: 'trigger',
		payload: {
			summary: cutAt([message.headline, message.summary].filter((text) => text !== '').join(': '), maxSummary),
			source: message.service === '' ? 'Holdfast' : message.service,
			severity: severities[message.severity],
			timestamp: new Date(message.since).toISOString(),
			class: message.kind,
			custom_details: toDetails(message),
		},
		client: 'Holdfast',
		...(message.incident === null || message.incident.url === null ? {} : { client_url: message.incident.url }),
		links: message.links.map(({ label, url }) => ({ href: url, text: label })),
	};
}

/** Two facts may have the same label. */
function toDetails({ diagnosis, facts }: PreparedMessage): Readonly<Record<string, string | readonly string[]>> {
	const entries = [
		...diagnosis.map(({ label, lines }) => [label, lines.length === 1 ? (lines[0] ?? '') : lines] as const),
		...facts.map(({ label, value }) => [label, value] as const),
	];
	const details = new Map<string, string | readonly string[]>();
	for (const [label, value] of entries) details.set(details.has(label) ? `${label} (${details.size + 1})` : label, value);
	return Object.fromEntries(details);
}

function toKey(key: string): string {
	return key.length <= maxKey ? key : createHash('sha256').update(key).digest('hex');
}
