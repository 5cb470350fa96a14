import { type Fields, readFields, readHex, readHttpStatus, readList, readNumber, readText, readTime } from '../values/field.ts';
import type { ItemSetting } from './read-error.ts';
import type { Span, Transaction } from './trace.ts';

const MAX_SPANS = 1_000;
const MAX_DURATION_MS = 30 * 24 * 3_600_000;
/** What Sentry does not count as failed: https://docs.sentry.io/product/insights/overview/metrics/#failure-rate */
const NOT_FAILED: ReadonlySet<string> = new Set(['ok', 'cancelled', 'unknown', 'unset']);

export interface TracedCall {
	readonly transaction: Transaction;
	readonly spans: readonly Span[];
}

/** Reads the payload of a `transaction` item, which SDKs up to version 10 send; null without its two times. */
export function readTransaction(payload: Fields, { id, correct }: ItemSetting): TracedCall | null {
	const startedAt = readTime(payload.start_timestamp);
	const endedAt = readTime(payload.timestamp);
	const durationMs = readDuration(payload.start_timestamp, payload.timestamp);
	if (startedAt === null || endedAt === null || durationMs === null) return null;
	const contexts = readFields(payload.contexts);
	const trace = readFields(contexts?.trace);
	const data = readFields(trace?.data);
	const status = readText(trace?.status, 64);
	const shared = { release: readText(payload.release, 250), environment: readText(payload.environment, 64) ?? 'production' };
	const transaction: Transaction = {
		...shared,
		id,
		name: readText(payload.transaction, 200) ?? '<unnamed transaction>',
		operation: readText(trace?.op, 64),
		// The end is nearest to the sending: it is what the clock is corrected by.
		at: correct(endedAt) - durationMs,
		durationMs,
		failed: isFailed(status),
		status,
		traceId: readHex(trace?.trace_id, 32),
		spanId: readHex(trace?.span_id, 16),
		httpStatus: readHttpStatus(data?.['http.response.status_code'] ?? readFields(contexts?.response)?.status_code),
		measurements: readMeasurements(payload.measurements),
	};
	const spans = readList(payload.spans)
		.slice(0, MAX_SPANS)
		.flatMap((raw) => readSpan(readFields(raw), transaction, transaction.at - startedAt) ?? []);
	return { transaction, spans };
}

/** Milliseconds between two times; null when one is none, or they stand the wrong way round. */
export function readDuration(start: unknown, end: unknown): number | null {
	// Numbers are finer than milliseconds.
	const ms =
		typeof start === 'number' && typeof end === 'number'
			? (end - start) * 1000
			: (readTime(end) ?? Number.NaN) - (readTime(start) ?? Number.NaN);
	const duration = readNumber(ms, -1, MAX_DURATION_MS);
	return duration === null ? null : Math.max(0, Math.round(duration * 1000) / 1000);
}

/** @returns whether a status counts as a failure; without one it does not. */
export function isFailed(status: string | null): boolean {
	return status !== null && !NOT_FAILED.has(status);
}

function readSpan(span: Fields | null, of: Transaction, shift: number): Span | null {
	const id = readHex(span?.span_id, 16);
	const startedAt = readTime(span?.start_timestamp);
	const durationMs = readDuration(span?.start_timestamp, span?.timestamp);
	const traceId = readHex(span?.trace_id, 32) ?? of.traceId;
	if (span === null || id === null || startedAt === null || durationMs === null || traceId === null) return null;
	const operation = readText(span.op, 64);
	return {
		id,
		traceId,
		parentId: readHex(span.parent_span_id, 16),
		segmentId: of.spanId,
		transaction: of.name,
		name: readText(span.description, 1_024) ?? operation ?? '<unnamed span>',
		operation,
		at: startedAt + shift,
		durationMs,
		failed: isFailed(readText(span.status, 64)),
		release: of.release,
		environment: of.environment,
	};
}

/** `{"lcp": {"value": 2100, "unit": "millisecond"}}`; seconds become milliseconds. */
function readMeasurements(value: unknown): Readonly<Record<string, number>> {
	const entries = Object.entries(readFields(value) ?? {}).slice(0, 50);
	return Object.fromEntries(
		entries.flatMap(([name, raw]) => {
			const measurement = readFields(raw);
			const number = readNumber(measurement?.value);
			return number === null ? [] : [[name.slice(0, 64), measurement?.unit === 'second' ? number * 1000 : number]];
		}),
	);
}
