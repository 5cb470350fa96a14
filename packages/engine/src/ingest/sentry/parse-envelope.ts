import { type Fields, readFields, readHex, readText, readTime } from '../values/field.ts';
import { readJson } from '../values/json.ts';
import { ENVELOPE_LIMITS, type EnvelopeLimits, ITEM_BYTES, isReadItemType, labelItemType } from './envelope-limits.ts';
import { readSdk } from './read-error.ts';

export interface EnvelopeHeader {
	/** 32 characters of hex. */
	readonly eventId: string | null;
	/** Milliseconds since 1970 by the sender's clock. */
	readonly sentAt: number | null;
	readonly dsn: string | null;
	readonly sdk: string | null;
}

export interface EnvelopeItem {
	readonly type: string;
	/** A view into the envelope's bytes. */
	readonly payload: Buffer;
}

export interface Envelope {
	readonly header: EnvelopeHeader;
	readonly items: readonly EnvelopeItem[];
}

export type EnvelopeProblemCode = 'too_large' | 'item_too_large' | 'too_many_items' | 'malformed_header' | 'malformed_item' | 'truncated';

export interface EnvelopeProblem {
	readonly code: EnvelopeProblemCode;
	/** One sentence: what was expected, what came. Holds nothing of the body. */
	readonly detail: string;
}

export type EnvelopeParsing =
	| { readonly ok: true; readonly envelope: Envelope }
	| { readonly ok: false; readonly problem: EnvelopeProblem };

const NEWLINE = 10;

/**
 * Splits an envelope (https://develop.sentry.dev/sdk/foundations/transport/envelopes/): a line of headers, then for each item a line of headers and a
 * payload, of `length` bytes or up to the next newline. Payloads are not looked into. Items of unknown type come out like the others. Never throws.
 */
export function parseEnvelope(bytes: Buffer, limits: EnvelopeLimits = ENVELOPE_LIMITS): EnvelopeParsing {
	if (bytes.length > limits.envelopeBytes)
		return refuse('too_large', `expected an envelope of at most ${limits.envelopeBytes} bytes, got ${bytes.length}`);
	const first = readLine(bytes, 0);
	const header = readHeader(first.line, limits);
	if (header === null) return refuse('malformed_header', 'expected a JSON object in the first line of the envelope, got something else');
	const items: EnvelopeItem[] = [];
	let sessions = 0;
	let at = first.next;
	while (at < bytes.length) {
		// Some senders end every item with an empty line.
		if (bytes[at] === NEWLINE) {
			at += 1;
			continue;
		}
		const place = `item ${items.length + 1}`;
		if (items.length >= limits.itemCount)
			return refuse('too_many_items', `expected at most ${limits.itemCount} items in an envelope, got more`);
		const line = readLine(bytes, at);
		const fields = readHeader(line.line, limits);
		const type = readText(fields?.type, 64);
		if (fields === null || type === null)
			return refuse('malformed_item', `expected a JSON object with a type as the header of ${place}, got something else`);
		if (line.ended === false) return refuse('truncated', `expected a payload after the header of ${place}, got the end of the envelope`);
		const payload = cutPayload(bytes, line.next, fields.length);
		if (!payload.ok) return refuse(payload.code, `${payload.detail} in ${place}`);
		const max = isReadItemType(type) ? ITEM_BYTES[type] : limits.envelopeBytes;
		if (payload.bytes.length > max)
			return refuse(
				'item_too_large',
				`expected an item of type ${labelItemType(type)} of at most ${max} bytes, got ${payload.bytes.length}`,
			);
		if (type === 'session') sessions += 1;
		if (sessions > limits.sessionCount)
			return refuse('too_many_items', `expected at most ${limits.sessionCount} sessions in an envelope, got more`);
		items.push({ type, payload: payload.bytes });
		at = payload.next;
	}
	return { ok: true, envelope: { header: translateHeader(header), items } };
}

/** @returns the `dsn` of an envelope's header without looking at its items; null without one. */
export function peekDsn(bytes: Buffer, limits: EnvelopeLimits = ENVELOPE_LIMITS): string | null {
	return readText(readHeader(readLine(bytes, 0).line, limits)?.dsn, 512);
}

function translateHeader(header: Fields): EnvelopeHeader {
	return {
		eventId: readHex(header.event_id, 32),
		sentAt: readTime(header.sent_at),
		dsn: readText(header.dsn, 512),
		sdk: readSdk(header.sdk),
	};
}

function readHeader(line: Buffer, { headerBytes }: EnvelopeLimits): Fields | null {
	if (line.length > headerBytes) return null;
	const json = readJson(line);
	return json.ok ? readFields(json.value) : null;
}

interface Line {
	readonly line: Buffer;
	/** Where the next one begins. */
	readonly next: number;
	/** Whether a newline ended it. */
	readonly ended: boolean;
}

function readLine(bytes: Buffer, from: number): Line {
	const end = bytes.indexOf(NEWLINE, from);
	return end === -1
		? { line: bytes.subarray(from), next: bytes.length, ended: false }
		: { line: bytes.subarray(from, end), next: end + 1, ended: true };
}

type Cut =
	| { readonly ok: true; readonly bytes: Buffer; readonly next: number }
	| { readonly ok: false; readonly code: 'truncated' | 'malformed_item'; readonly detail: string };

function cutPayload(bytes: Buffer, from: number, length: unknown): Cut {
	if (length === undefined || length === null) {
		const { line, next } = readLine(bytes, from);
		return { ok: true, bytes: line, next };
	}
	if (typeof length !== 'number' || !Number.isInteger(length) || length < 0)
		return { ok: false, code: 'malformed_item', detail: 'expected a length of 0 or more bytes, got something else' };
	const end = from + length;
	if (end > bytes.length)
		return { ok: false, code: 'truncated', detail: `expected a payload of ${length} bytes, got ${bytes.length - from}` };
	if (end < bytes.length && bytes[end] !== NEWLINE)
		return { ok: false, code: 'malformed_item', detail: 'expected a newline after the payload, got something else' };
	return { ok: true, bytes: bytes.subarray(from, end), next: end + 1 };
}

function refuse(code: EnvelopeProblemCode, detail: string): EnvelopeParsing {
	return { ok: false, problem: { code, detail } };
}
