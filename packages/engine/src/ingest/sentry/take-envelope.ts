import { createHash } from 'node:crypto';
import { groupError } from '../group/group-error.ts';
import type { SentryCategory } from '../limits/category.ts';
import type { ReachedLimit } from '../limits/rate-limit-headers.ts';
import type { KeptEnvelope } from '../ports.ts';
import type { SecretEraser } from '../scrub/known-secrets.ts';
import { scrub } from '../scrub/scrub.ts';
import { type Fields, readFields, readHex } from '../values/field.ts';
import { readJson } from '../values/json.ts';
import { createTimeCorrection } from './correct-time.ts';
import { isReadItemType, labelItemType, type ReadItemType } from './envelope-limits.ts';
import type { Envelope, EnvelopeItem } from './parse-envelope.ts';
import { readCheckIn } from './read-check-in.ts';
import { readClientReport } from './read-client-report.ts';
import { type ItemSetting, readError } from './read-error.ts';
import { readLogs } from './read-logs.ts';
import { readSession, readSessionCounts } from './read-sessions.ts';
import { readSpans } from './read-spans.ts';
import { readTransaction } from './read-transaction.ts';

/** What is counted as which kind of data; a client report is never limited (https://develop.sentry.dev/sdk/telemetry/client-reports/#core-operation). */
const CATEGORIES: Readonly<Record<ReadItemType, SentryCategory | null>> = {
	event: 'error',
	transaction: 'transaction',
	span: 'span',
	session: 'session',
	sessions: 'session',
	check_in: 'monitor',
	log: 'log_item',
	client_report: null,
};

export interface TakeOptions {
	readonly receivedAt: number;
	readonly erase: SecretEraser;
	/** Takes from a quota. @returns 0, or in how many milliseconds to come again. */
	readonly meter: (category: SentryCategory, amount: number) => number;
}

/** How many of a kind came to which end; `kept` ones still have to be stored. */
export interface ItemCount {
	readonly kind: string;
	readonly outcome: 'kept' | 'limited' | 'malformed' | 'skipped';
	readonly amount: number;
}

export interface TakenEnvelope {
	/** Id of its event or transaction; null when it has none. */
	readonly id: string | null;
	readonly kept: Omit<KeptEnvelope, 'service'>;
	readonly counts: readonly ItemCount[];
	readonly limits: readonly ReachedLimit[];
}

type Lists = { -readonly [K in Exclude<keyof KeptEnvelope, 'service' | 'receivedAt'>]: KeptEnvelope[K][number][] };

/** Goes through the items of an envelope: each is counted, metered, scrubbed, read and, where it is an error, grouped. One that is malformed harms no other. Never throws. */
export function takeEnvelope({ header, items }: Envelope, { receivedAt, erase, meter }: TakeOptions): TakenEnvelope {
	const lists: Lists = { errors: [], transactions: [], spans: [], sessions: [], sessionCounts: [], checkIns: [], losses: [], lines: [] };
	const counts: ItemCount[] = [];
	const limits: ReachedLimit[] = [];
	const correct = createTimeCorrection(header.sentAt, receivedAt);
	let id: string | null = null;
	for (const item of items) {
		const count = (outcome: ItemCount['outcome'], amount = 1) => {
			if (amount > 0) counts.push({ kind: labelItemType(item.type), outcome, amount });
		};
		if (!isReadItemType(item.type)) {
			count('skipped');
			continue;
		}
		const payload = readPayload(item);
		if (payload === null) {
			count('malformed');
			continue;
		}
		const amount = countThings(item.type, payload);
		const category = CATEGORIES[item.type];
		const retryAfterMs = category === null ? 0 : meter(category, amount);
		if (retryAfterMs > 0) {
			limits.push({ category, retryAfterMs });
			count('limited', amount);
			continue;
		}
		const setting: ItemSetting = {
			id: id === null ? (header.eventId ?? readId(payload, item)) : readId(payload, item),
			correct,
			sdk: header.sdk,
		};
		const fields = readFields(scrub(payload, { erase })) ?? {};
		const read = readItem(item.type, fields, { setting, receivedAt, lists });
		count('kept', read.kept);
		count('malformed', read.malformed);
		if (read.kept > 0 && (item.type === 'event' || item.type === 'transaction')) id ??= setting.id;
	}
	return { id: id ?? header.eventId, kept: { receivedAt, ...lists }, counts, limits: mergeLimits(limits) };
}

interface Reading {
	readonly setting: ItemSetting;
	readonly receivedAt: number;
	readonly lists: Lists;
}

/** Reads one item into the lists. @returns how many things came of it, and how many did not. */
function readItem(type: ReadItemType, payload: Fields, { setting, receivedAt, lists }: Reading): { kept: number; malformed: number } {
	switch (type) {
		case 'event': {
			const event = readError(payload, setting);
			lists.errors.push({ event, grouping: groupError(event) });
			return { kept: 1, malformed: 0 };
		}
		case 'transaction': {
			const call = readTransaction(payload, setting);
			if (call !== null) lists.transactions.push(call.transaction);
			lists.spans.push(...(call?.spans ?? []));
			return tell(call === null ? 0 : 1);
		}
		case 'span': {
			const { transactions, spans, malformedCount } = readSpans(payload, setting);
			lists.transactions.push(...transactions);
			lists.spans.push(...spans);
			return { kept: transactions.length + spans.length, malformed: malformedCount };
		}
		case 'session': {
			const session = readSession(payload, setting.correct);
			if (session !== null) lists.sessions.push(session);
			return tell(session === null ? 0 : 1);
		}
		case 'sessions': {
			const sessionCounts = readSessionCounts(payload, setting.correct);
			lists.sessionCounts.push(...sessionCounts);
			return tell(sessionCounts.length);
		}
		case 'check_in': {
			const checkIn = readCheckIn(payload, receivedAt);
			if (checkIn !== null) lists.checkIns.push(checkIn);
			return tell(checkIn === null ? 0 : 1);
		}
		case 'client_report': {
			const losses = readClientReport(payload, setting.correct);
			lists.losses.push(...losses);
			return tell(losses.length);
		}
		case 'log': {
			const { lines, malformedCount } = readLogs(payload, receivedAt);
			lists.lines.push(...lines);
			return { kept: lines.length, malformed: malformedCount };
		}
	}
}

/** Spans and logs come many in one item. */
function countThings(type: ReadItemType, { items }: Fields): number {
	return (type === 'span' || type === 'log') && Array.isArray(items) ? Math.max(1, items.length) : 1;
}

function tell(kept: number): { kept: number; malformed: number } {
	return { kept, malformed: kept === 0 ? 1 : 0 };
}

function readPayload({ payload }: EnvelopeItem): Fields | null {
	const json = readJson(payload);
	return json.ok ? readFields(json.value) : null;
}

/** An event without an id gets one that is the same when it is sent again. */
function readId(payload: Fields, item: EnvelopeItem): string {
	return readHex(payload.event_id, 32) ?? createHash('sha256').update(item.payload).digest('hex').slice(0, 32);
}

/** Of each category the longest wait. */
function mergeLimits(limits: readonly ReachedLimit[]): readonly ReachedLimit[] {
	const longest = new Map<ReachedLimit['category'], number>();
	for (const { category, retryAfterMs } of limits) longest.set(category, Math.max(retryAfterMs, longest.get(category) ?? 0));
	return [...longest].map(([category, retryAfterMs]) => ({ category, retryAfterMs }));
}
