import { type ScrubOptions, scrub, scrubLine } from '../scrub/scrub.ts';
import { type Fields, readFields, readHex, readHttpStatus, readNumber, readText, readTime } from '../values/field.ts';
import { type DrainLine, type DrainReading, MAX_MESSAGE, readDrainLevel } from './drain-line.ts';
import { splitLines } from './split-lines.ts';

export interface DrainSetting {
	/** Stands for the time of a line that names none. */
	readonly receivedAt: number;
	readonly scrub?: ScrubOptions;
}

/**
 * Reads JSON lines or a JSON array, with the names of fields that pino, winston, bunyan, structured console output and OpenTelemetry use. A line that is no JSON
 * is kept as its own message. Lines are scrubbed before anything of them is read. Never throws; refused is only what has no line at all.
 */
export function readJsonLines(body: Buffer, { receivedAt, scrub: options = {} }: DrainSetting): DrainReading {
	const { entries, droppedCount } = splitLines(body);
	if (entries.length + droppedCount === 0) return { ok: false, detail: 'expected JSON lines, got an empty body' };
	const lines = entries.flatMap((entry) => {
		if (typeof entry === 'string') return [makeLine(scrubLine(entry, { ...options, text: MAX_MESSAGE }), receivedAt)];
		const fields = readFields(scrub(entry, options));
		return fields === null ? [] : (readLine(fields, receivedAt) ?? []);
	});
	return { ok: true, lines, malformedCount: droppedCount + entries.length - lines.length };
}

function readLine(line: Fields, receivedAt: number): DrainLine | null {
	const error = readFields(line.err ?? line.error);
	const said = readText(line.message ?? line.msg ?? line.body ?? line.text ?? line.event, MAX_MESSAGE);
	const message = said ?? readText(error?.stack ?? error?.message, MAX_MESSAGE);
	if (message === null) return null;
	const request = readFields(line.req ?? line.request);
	const response = readFields(line.res ?? line.response);
	return {
		...makeLine(message, readLineTime(line, receivedAt)),
		level: readDrainLevel(line.level ?? line.severity ?? line.severityText ?? line.lvl ?? line.type) ?? (error === null ? 'info' : 'error'),
		source: readText(line.source ?? line.logger ?? line.service ?? line.name ?? line.module, 64),
		requestId: readText(line.requestId ?? line.request_id ?? line.reqId ?? line.req_id ?? line.correlationId ?? request?.id, 128),
		traceId: readHex(line.traceId ?? line.trace_id ?? line['trace.id'], 32),
		method: readText(line.method ?? request?.method, 16),
		path: readPath(line.path ?? line.url ?? request?.url ?? request?.path),
		status: readHttpStatus(line.status ?? line.statusCode ?? line.status_code ?? response?.statusCode ?? response?.status),
		durationMs: readNumber(line.durationMs ?? line.duration_ms ?? line.responseTime ?? line.elapsedMs, 0, 86_400_000),
		host: readText(line.host ?? line.hostname, 200),
		environment: readText(line.environment ?? line.env, 64),
		release: readText(line.release ?? line.version, 250),
		id: readText(line.id, 128),
	};
}

/** A line that says nothing but its message. */
export function makeLine(message: string, at: number): DrainLine {
	return {
		at,
		level: 'info',
		message,
		source: null,
		requestId: null,
		traceId: null,
		method: null,
		path: null,
		status: null,
		durationMs: null,
		host: null,
		environment: null,
		release: null,
		deploymentId: null,
		id: null,
	};
}

/** Without query and fragment. */
export function readPath(value: unknown): string | null {
	const text = readText(value, 2_048);
	if (text === null) return null;
	const path = URL.canParse(text) ? new URL(text).pathname : (text.split(/[?#]/)[0] ?? '');
	return path === '' ? null : path.slice(0, 512);
}

/** Numbers above what seconds can be are milliseconds, as pino writes them. Lines of tomorrow and of last month are of a broken clock. */
function readLineTime(line: Fields, receivedAt: number): number {
	const raw = line.timestamp ?? line.time ?? line.ts ?? line.at ?? line['@timestamp'] ?? line.date;
	const at = readTime(typeof raw === 'number' && raw > 100_000_000_000 ? raw / 1000 : raw);
	return boundTime(at, receivedAt);
}

/** @returns the time, or when it was received where it is none, more than a minute ahead or 30 days old. */
export function boundTime(at: number | null, receivedAt: number): number {
	return at === null || at > receivedAt + 60_000 || at < receivedAt - 30 * 86_400_000 ? receivedAt : at;
}
