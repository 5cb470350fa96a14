/**
 * What is to be told, before any channel gives it a form. The engine makes it from a transition and keeps it: every attempt sends
 * the same one. Texts are taken as they are, so secrets are masked before; markup, control characters and length are seen to here.
 */

export type MessageKind = 'opened' | 'updated' | 'acknowledged' | 'resolved' | 'digest' | 'test';
export type Severity = 'critical' | 'major' | 'minor' | 'info';

export interface NotificationMessage {
	readonly kind: MessageKind;
	readonly severity: Severity;
	/** `shop-production`; for a digest what it is about: `3 services`. */
	readonly service: string;
	/** What is wrong, without the service: `Sign-in is failing`. Stays the same over an incident: mail programs make threads by it. */
	readonly title: string;
	/** One line: the answer first, then the proof. */
	readonly summary: string;
	/** When it began, in milliseconds since the epoch. */
	readonly since: number;
	/** When this was written, in milliseconds since the epoch: durations are as of then, also in a later attempt. */
	readonly at: number;
	/** Absent: a test, or a digest without an incident of its own. */
	readonly incident?: IncidentReference;
	/** Page that asks and then acknowledges. */
	readonly acknowledgeUrl?: string;
	/** Further pages: the line of the runbook. */
	readonly links?: readonly MessageLink[];
	readonly facts: readonly MessageFact[];
	readonly diagnosis?: MessageDiagnosis;
	/** Names this transition: the same in every attempt, different in every other message. Receivers drop repeats by it. */
	readonly dedupKey: string;
	/** Names what belongs together where there is no incident: that something fails, and that it does no longer. */
	readonly threadKey?: string;
	/** Words of the team's own. */
	readonly templates?: MessageTemplates;
}

export interface IncidentReference {
	/** Names the incident over its whole life, on every channel. */
	readonly key: string;
	/** As people call it: 42. */
	readonly number: number;
	readonly url?: string;
}

export interface MessageLink {
	readonly label: string;
	readonly url: string;
}

export interface MessageFact {
	readonly label: string;
	readonly value: string;
}

export interface MessageDiagnosis {
	readonly cause?: string;
	/** One line for each check. */
	readonly proof: readonly string[];
	/** The next step. */
	readonly fix?: string;
}

/** Texts with placeholders such as `{title}`, in place of our own; see `templates/fill-template.ts`. */
export interface MessageTemplates {
	readonly headline?: string | undefined;
	readonly summary?: string | undefined;
	/** The line of at most 140 characters. */
	readonly short?: string | undefined;
}
