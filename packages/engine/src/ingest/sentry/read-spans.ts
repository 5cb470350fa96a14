import { type Fields, readFields, readHex, readHttpStatus, readList, readText, readTime } from '../values/field.ts';
import type { ItemSetting } from './read-error.ts';
import { isFailed, readDuration } from './read-transaction.ts';
import type { Span, Transaction } from './trace.ts';

/** As many as an item may hold (https://develop.sentry.dev/sdk/telemetry/spans/span-protocol/). */
const MAX_SPANS = 1_000;

export interface ReadSpans {
	/** One for each segment span. */
	readonly transactions: readonly Transaction[];
	readonly spans: readonly Span[];
	/** Spans without an id, a trace or their times. */
	readonly malformedCount: number;
}

/**
 * Reads the payload of a `span` item, which SDKs send from version 11 on: `{"version":2,"items":[…]}`. A segment span stands for the transaction.
 * The older form, one span without `items`, is read as well.
 */
export function readSpans(payload: Fields, setting: ItemSetting): ReadSpans {
	const items = Array.isArray(payload.items) ? payload.items : [payload];
	const transactions: Transaction[] = [];
	const spans: Span[] = [];
	let malformedCount = Math.max(0, items.length - MAX_SPANS);
	for (const raw of readList(items).slice(0, MAX_SPANS)) {
		const span = readFields(raw);
		const read = span === null ? null : readSpan(span, setting);
		if (span === null || read === null) malformedCount += 1;
		else if (span.is_segment === true) transactions.push(toTransaction(span, read));
		else spans.push(read);
	}
	return { transactions, spans, malformedCount };
}

function readSpan(span: Fields, { correct }: ItemSetting): Span | null {
	const id = readHex(span.span_id, 16);
	const traceId = readHex(span.trace_id, 32);
	const end = span.end_timestamp ?? span.timestamp;
	const endedAt = readTime(end);
	const durationMs = readDuration(span.start_timestamp, end);
	if (id === null || traceId === null || endedAt === null || durationMs === null) return null;
	const operation = readText(attribute(span, 'sentry.op') ?? span.op, 64);
	return {
		id,
		traceId,
		parentId: readHex(span.parent_span_id, 16),
		segmentId: readHex(attribute(span, 'sentry.segment.id') ?? span.segment_id, 16),
		transaction: readText(attribute(span, 'sentry.segment.name'), 200),
		name: readText(span.name ?? span.description, 1_024) ?? operation ?? '<unnamed span>',
		operation,
		at: correct(endedAt) - durationMs,
		durationMs,
		failed: isFailed(readText(span.status, 64)),
		release: readText(attribute(span, 'sentry.release'), 250),
		environment: readText(attribute(span, 'sentry.environment'), 64) ?? 'production',
	};
}

function toTransaction(span: Fields, { id, traceId, name, operation, at, durationMs, failed, release, environment }: Span): Transaction {
	return {
		// The id of a span is random, but short: with its trace it is as unique as that of an event.
		id: traceId.slice(0, 16) + id,
		name: name.slice(0, 200),
		operation,
		at,
		durationMs,
		failed,
		status: readText(span.status, 64),
		traceId,
		spanId: id,
		release,
		environment,
		httpStatus: readHttpStatus(attribute(span, 'http.response.status_code')),
		measurements: {},
	};
}

/** `{"sentry.op": {"value": "db", "type": "string"}}`; older spans have `data` with bare values. */
function attribute(span: Fields, name: string): unknown {
	const held = readFields(span.attributes)?.[name];
	return readFields(held)?.value ?? readFields(span.data)?.[name];
}
