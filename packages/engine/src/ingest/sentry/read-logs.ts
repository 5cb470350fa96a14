import { type DrainLine, MAX_MESSAGE, readDrainLevel } from '../drains/drain-line.ts';
import { boundTime, makeLine } from '../drains/read-json-lines.ts';
import { type Fields, readFields, readHex, readHttpStatus, readList, readText, readTime } from '../values/field.ts';

const MAX_LOGS = 1_000;

/** Reads the payload of a `log` item (https://develop.sentry.dev/sdk/telemetry/logs/): `{"items": [{timestamp, level, body, trace_id, attributes}]}`. */
export function readLogs(payload: Fields, receivedAt: number): { readonly lines: readonly DrainLine[]; readonly malformedCount: number } {
	const items = readList(payload.items);
	const lines = items.slice(0, MAX_LOGS).flatMap((raw) => readLog(readFields(raw), receivedAt) ?? []);
	return { lines, malformedCount: items.length - lines.length };
}

function readLog(log: Fields | null, receivedAt: number): DrainLine | null {
	const message = readText(log?.body, MAX_MESSAGE);
	if (log === null || message === null) return null;
	const attributes = readFields(log.attributes);
	const read = (name: string): unknown => readFields(attributes?.[name])?.value;
	return {
		...makeLine(message, boundTime(readTime(log.timestamp), receivedAt)),
		level: readDrainLevel(log.level) ?? 'info',
		source: readText(read('logger.name') ?? read('sentry.origin'), 64),
		traceId: readHex(log.trace_id, 32),
		requestId: readText(read('request.id'), 128),
		method: readText(read('http.request.method'), 16),
		status: readHttpStatus(read('http.response.status_code')),
		host: readText(read('server.address'), 200),
		environment: readText(read('sentry.environment'), 64),
		release: readText(read('sentry.release'), 250),
	};
}
