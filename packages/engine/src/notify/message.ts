/** What is said to people, before a channel gives it its form: the channels' own message, with what the engine has to remember of it. */
import type { NotificationMessage } from '@holdfast/providers/notification';
import type { Severity } from '../monitors/defaults.ts';

/** What is told of an incident. */
export type Told = 'opened' | 'reopened' | 'raised' | 'diagnosed' | 'acknowledged' | 'merged' | 'resolved';

export interface IncidentMention {
	readonly id: number;
	/** Names it over its whole life, also to those who hear of several installations. */
	readonly key: string;
	readonly service: string;
	readonly title: string;
	readonly severity: Severity;
	/** Milliseconds since the epoch. */
	readonly openedAt: number;
}

/** As it is stored and sent, the same in every attempt. Known secrets are masked in it. */
export interface Message extends NotificationMessage {
	readonly told: Told | 'digest' | 'channel-failing' | 'channel-recovered';
	/** Of a digest: what happened to all of them. */
	readonly of?: Told;
	/** The incidents it is about. */
	readonly mentions: readonly IncidentMention[];
}

/** One line, for a log or a timeline. */
export function summarise({ told, severity, service, title }: Message): string {
	if (told === 'digest' || told === 'channel-failing' || told === 'channel-recovered') return title;
	return `[${severity}] ${service}: ${title} (${told})`;
}

/** Tells the channels' part apart: what the engine remembers is nobody else's. */
export function toNotification({ told: _told, of: _of, mentions: _mentions, ...message }: Message): NotificationMessage {
	return message;
}
