/** From what happened to the message that is stored and sent. Pure. */
import type { MessageFact, MessageKind } from '@holdfast/providers/notification';
import { type Severity, severities } from '../monitors/defaults.ts';
import type { IncidentMention, Message, Told } from './message.ts';
import { readDiagnosis } from './read-diagnosis.ts';

/** What a message of an incident is made of beside what happened. */
export interface Background {
	/** The incident's row, as it is stored; null: none was made. */
	readonly diagnosis: unknown;
	readonly members: readonly { readonly key: string; readonly state: string; readonly line: string | null }[];
	/** Whom to reach, from the runbook. */
	readonly contacts: readonly MessageFact[];
}

const KINDS: Readonly<Record<Told, MessageKind>> = {
	opened: 'opened',
	reopened: 'opened',
	raised: 'updated',
	diagnosed: 'updated',
	acknowledged: 'acknowledged',
	merged: 'updated',
	resolved: 'resolved',
};
/** Of these it is too late for a cause or somebody to reach. */
const OVER: readonly Told[] = ['merged', 'resolved'];
const LEADS: Readonly<Partial<Record<Told, string>>> = { reopened: 'It is back: ', raised: 'It is worse than it was: ' };
const MOST_NAMED = 5;

/** @param happening its number among all: `transition/7` */
export function composeIncidentMessage(
	{ told, incident, reason, happening }: { told: Told; incident: IncidentMention; reason: string; happening: string },
	{ diagnosis, members, contacts }: Background,
	now: number,
): Message {
	const found = OVER.includes(told) ? null : readDiagnosis(diagnosis);
	const failing = members.filter(({ state }) => state === 'fail').map(({ key }) => key);
	const line = members.find((member) => member.line !== null)?.line ?? null;
	return {
		told,
		mentions: [incident],
		kind: KINDS[told],
		severity: incident.severity,
		service: incident.service,
		title: incident.title,
		summary: `${LEADS[told] ?? ''}${reason}`,
		since: incident.openedAt,
		at: now,
		incident: { key: incident.key, number: incident.id },
		facts: [
			...(failing.length < 2 || OVER.includes(told) ? [] : [{ label: 'Failing', value: nameSome(failing) }]),
			...(line === null ? [] : [{ label: 'Runbook', value: line }]),
			...(told === 'acknowledged' || OVER.includes(told) ? [] : contacts),
		],
		...(found === null ? {} : { diagnosis: found }),
		dedupKey: `${incident.key}/${happening}`,
	};
}

/** Many at once, in one message. @param key of an earlier form of it, which stays */
export function composeDigest(
	{ of, mentions, key }: { of: Told; mentions: readonly IncidentMention[]; key: string },
	now: number,
): Message & { readonly told: 'digest' } {
	const services = [...new Set(mentions.map(({ service }) => service))];
	const worst = mentions.filter(({ severity }) => severity === 'critical').length;
	const shown = mentions.slice(0, 10);
	return {
		told: 'digest',
		of,
		mentions,
		kind: 'digest',
		severity: worstOf(mentions),
		service: services.length === 1 ? (services[0] ?? '') : `${services.length} services`,
		title: `${mentions.length} incidents ${of} at once${worst === 0 ? '' : `, ${worst} of them critical`}`,
		summary: nameSome(mentions.map(({ service, title }) => (services.length === 1 ? title : `${service}: ${title}`))),
		since: Math.min(now, ...mentions.map(({ openedAt }) => openedAt)),
		at: now,
		facts: [
			...shown.map(({ id, severity, service, title }) => ({ label: `Incident ${id}, ${severity}`, value: `${service}: ${title}` })),
			...(mentions.length === shown.length ? [] : [{ label: 'More', value: `${mentions.length - shown.length} further incidents` }]),
		],
		dedupKey: key,
	};
}

/** That a channel takes nothing, for another channel; and that it does again. */
export function composeTroubleMessage(
	{ id, channel, reason, since }: { id: string; channel: string; reason: string; since: number },
	told: 'channel-failing' | 'channel-recovered',
	now: number,
): Message {
	const isOver = told === 'channel-recovered';
	return {
		told,
		mentions: [],
		kind: isOver ? 'resolved' : 'opened',
		severity: 'major',
		service: 'Holdfast',
		title: `The channel ${channel} takes no messages`,
		summary: isOver
			? `${channel} takes messages again.`
			: `${reason}. What it should have told may have reached nobody; holdfast channels test ${channel} tries it.`,
		since,
		at: now,
		facts: [],
		threadKey: `channel/${id}`,
		dedupKey: `channel/${id}/${isOver ? 'recovered' : 'failing'}`,
	};
}

function worstOf(mentions: readonly IncidentMention[]): Severity {
	return severities.find((severity) => mentions.some((mention) => mention.severity === severity)) ?? 'minor';
}

function nameSome(names: readonly string[]): string {
	const rest = names.length - MOST_NAMED;
	return rest > 0 ? `${names.slice(0, MOST_NAMED).join('; ')}; and ${rest} more` : names.join('; ');
}
