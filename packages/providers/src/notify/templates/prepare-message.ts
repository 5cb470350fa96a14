/** A message with everything decided that all channels share: its words, in order, cleaned and bounded. Pure. */
import type { MessageKind, NotificationMessage, Severity } from '../message.ts';
import { cleanLine, cutAt } from './clean-line.ts';
import { fillTemplate } from './fill-template.ts';
import { formatInstant, formatLasted } from './format-time.ts';
import { severityWords, stateWords } from './words.ts';

export interface PreparedMessage {
	readonly kind: MessageKind;
	readonly severity: Severity;
	readonly service: string;
	readonly title: string;
	/** `Sign-in is failing on shop-production since 02:58 UTC (4 min)`. */
	readonly headline: string;
	/** The same over the life of an incident: `#42 Sign-in is failing on shop-production`. */
	readonly subject: string;
	/** `Critical · incident 42`. */
	readonly status: string;
	readonly summary: string;
	/** One line of at most 140 characters. */
	readonly short: string;
	/** Cause, proof, next step: those that there are. */
	readonly diagnosis: readonly { readonly label: string; readonly lines: readonly string[] }[];
	readonly facts: readonly { readonly label: string; readonly value: string }[];
	/** Acknowledge first, then the incident, then others. Each is an http or https URL. */
	readonly links: readonly { readonly label: string; readonly url: string }[];
	readonly incident: { readonly key: string; readonly number: number; readonly url: string | null } | null;
	readonly acknowledgeUrl: string | null;
	readonly dedupKey: string;
	/** Names what belongs together: the incident, what is told of without one, or this message alone. */
	readonly threadKey: string;
	readonly since: number;
	readonly at: number;
}

const shortLimit = 140;
const limits = { title: 200, service: 80, headline: 400, summary: 600, label: 60, value: 500, line: 500, url: 1000 };
const counts = { proofs: 10, facts: 12, links: 5 };

/** @param scale below 1: a shorter form, for receivers that take little. */
export function prepareMessage(message: NotificationMessage, scale = 1): PreparedMessage {
	const limit = (name: keyof typeof limits) => Math.max(20, Math.floor(limits[name] * scale));
	const line = (text: string, name: keyof typeof limits) => cleanLine(text, limit(name));
	const count = (name: keyof typeof counts) => Math.max(1, Math.floor(counts[name] * scale));

	const title = line(message.title, 'title') || 'Something is not well';
	const service = line(message.service, 'service');
	const subject = service === '' || title.includes(service) ? title : `${title} on ${service}`;
	const at = formatInstant(message.at, message.at) === null ? 0 : message.at;
	const instant = formatInstant(message.since, at);
	const since = instant === null ? at : message.since;
	const lasted = formatLasted(at - since);
	const state = stateWords(message.kind, message.severity, lasted);
	const incident = message.incident === undefined ? null : { ...message.incident, url: readLink(message.incident.url) };
	const acknowledgeUrl = message.kind === 'acknowledged' || message.kind === 'resolved' ? null : readLink(message.acknowledgeUrl);
	const own = message.templates ?? {};
	const values = {
		title,
		service,
		severity: severityWords[message.severity],
		state,
		since: instant ?? '',
		lasted,
		number: incident === null ? '' : String(incident.number),
		summary: message.summary.slice(0, limits.summary * 4),
		cause: message.diagnosis?.cause?.slice(0, limits.line * 4) ?? '',
		fix: message.diagnosis?.fix?.slice(0, limits.line * 4) ?? '',
		url: incident?.url ?? '',
	};
	const shown = { kind: message.kind, title, subject, state, instant, lasted, number: incident?.number };
	return {
		kind: message.kind,
		severity: message.severity,
		service,
		title,
		headline: line(fillTemplate(own.headline ?? '', values), 'headline') || joinHeadline(shown),
		subject: incident === null ? subject : `#${incident.number} ${subject}`,
		status: [severityWords[message.severity], ...(incident === null ? [] : [`incident ${incident.number}`])].join(' · '),
		summary: line(own.summary === undefined ? message.summary : fillTemplate(own.summary, values), 'summary'),
		short: cutShort(cleanLine(fillTemplate(own.short ?? '', values), shortLimit * 2)) || joinShort(shown),
		diagnosis: prepareDiagnosis(message, count('proofs'), (text) => line(text, 'line')),
		facts: prepareFacts(message, count('facts'), line),
		links: prepareLinks(message, acknowledgeUrl, incident, count('links')),
		incident,
		acknowledgeUrl,
		dedupKey: message.dedupKey,
		threadKey: incident?.key ?? message.threadKey ?? message.dedupKey,
		since,
		at,
	};
}

interface Shown {
	readonly kind: MessageKind;
	readonly title: string;
	readonly subject: string;
	readonly state: string;
	readonly instant: string | null;
	readonly lasted: string;
	readonly number: number | undefined;
}

function joinHeadline({ kind, subject, state, instant, lasted }: Shown): string {
	const when = instant === null || kind === 'test' || kind === 'resolved' ? '' : ` since ${instant} (${lasted})`;
	return `${kind === 'opened' ? '' : `${state}: `}${subject}${when}`;
}

/** The first form that fits; the last one is cut. */
function joinShort({ kind, title, subject, state, instant, lasted, number }: Shown): string {
	const tail = number === undefined ? '' : `, #${number}`;
	const timed = instant !== null && kind !== 'test' && kind !== 'resolved';
	const forms = [
		...(timed ? [`${state}: ${subject} since ${instant} (${lasted})${tail}`, `${state}: ${subject} (${lasted})${tail}`] : []),
		`${state}: ${subject}${tail}`,
		`${state}: ${title}${tail}`,
	];
	return cutShort(forms.find((form) => form.length <= shortLimit) ?? `${state}: ${title}`);
}

function cutShort(text: string): string {
	return text.length <= shortLimit ? text : `${cutAt(text, shortLimit - 1).trimEnd()}…`;
}

function prepareDiagnosis({ diagnosis }: NotificationMessage, most: number, line: (text: string) => string): PreparedMessage['diagnosis'] {
	if (diagnosis === undefined) return [];
	const proof = diagnosis.proof.map(line).filter((text) => text !== '');
	const parts = [
		{ label: 'Cause', lines: [line(diagnosis.cause ?? '')] },
		{ label: 'Proof', lines: proof.length <= most ? proof : [...proof.slice(0, most), `… and ${proof.length - most} more`] },
		{ label: 'Next', lines: [line(diagnosis.fix ?? '')] },
	];
	return parts.map(({ label, lines }) => ({ label, lines: lines.filter((text) => text !== '') })).filter(({ lines }) => lines.length > 0);
}

function prepareFacts(
	{ facts }: NotificationMessage,
	most: number,
	line: (text: string, name: 'label' | 'value') => string,
): PreparedMessage['facts'] {
	const shown = facts
		.slice(0, most)
		.map(({ label, value }) => ({ label: line(label, 'label') || 'Also', value: line(value, 'value') || '–' }));
	return facts.length <= most ? shown : [...shown, { label: 'More', value: `${facts.length - most} further lines are not shown here` }];
}

function prepareLinks(
	message: NotificationMessage,
	acknowledgeUrl: string | null,
	incident: PreparedMessage['incident'],
	most: number,
): PreparedMessage['links'] {
	const further = (message.links ?? []).slice(0, most).flatMap(({ label, url }) => {
		const read = readLink(url);
		return read === null ? [] : [{ label: cleanLine(label, limits.label) || 'More', url: read }];
	});
	return [
		...(acknowledgeUrl === null ? [] : [{ label: 'Acknowledge', url: acknowledgeUrl }]),
		...(incident === null || incident.url === null ? [] : [{ label: `Open incident ${incident.number}`, url: incident.url }]),
		...further,
	];
}

/** Only what leads to a page; `javascript:` and its like lead nowhere. */
function readLink(url: string | undefined): string | null {
	if (url === undefined || url.length > limits.url || !URL.canParse(url)) return null;
	const { protocol, href } = new URL(url);
	return (protocol === 'https:' || protocol === 'http:') && href.length <= limits.url ? href : null;
}
