import { scrub } from '../scrub/scrub.ts';
import { type Fields, readFields, readHex, readHttpStatus, readText, readTime } from '../values/field.ts';
import { type DrainLine, type DrainReading, MAX_MESSAGE, readDrainLevel } from './drain-line.ts';
import { boundTime, type DrainSetting, makeLine, readPath } from './read-json-lines.ts';
import { splitLines } from './split-lines.ts';

/**
 * Reads a delivery of a Vercel log drain (https://vercel.com/docs/drains/reference/logs), as JSON array or lines. Network addresses and user agents of visitors are
 * left out. A function that ended without an answer has the status -1 there; here the line is fatal and has none. Never throws.
 */
export function readVercelLines(body: Buffer, { receivedAt, scrub: options = {} }: DrainSetting): DrainReading {
	const { entries, droppedCount } = splitLines(body);
	if (entries.length + droppedCount === 0) return { ok: false, detail: 'expected log lines of Vercel, got an empty body' };
	const lines = entries.flatMap((entry) => {
		const fields = readFields(scrub(entry, options));
		return fields === null ? [] : (readLine(fields, receivedAt) ?? []);
	});
	const malformedCount = droppedCount + entries.length - lines.length;
	if (lines.length === 0) return { ok: false, detail: 'expected log lines of Vercel with id, source and timestamp, got none of them' };
	return { ok: true, lines, malformedCount };
}

function readLine(line: Fields, receivedAt: number): DrainLine | null {
	const id = readText(line.id, 128);
	const source = readText(line.source, 32);
	const timestamp = typeof line.timestamp === 'number' ? line.timestamp / 1000 : line.timestamp;
	if (id === null || source === null || readTime(timestamp) === null) return null;
	const proxy = readFields(line.proxy);
	const crashed = line.statusCode === -1;
	const method = readText(proxy?.method, 16);
	const path = readPath(line.path ?? proxy?.path);
	const status = readHttpStatus(line.statusCode) ?? readHttpStatus(proxy?.statusCode);
	return {
		...makeLine(readText(line.message, MAX_MESSAGE) ?? describeRequest(method, path, status), boundTime(readTime(timestamp), receivedAt)),
		id,
		source,
		level: crashed ? 'fatal' : (readDrainLevel(line.level) ?? (line.type === 'stderr' ? 'error' : 'info')),
		requestId: readText(line.requestId ?? proxy?.vercelId, 128),
		traceId: readHex(line.traceId ?? line['trace.id'], 32),
		method,
		path,
		status,
		host: readText(line.host ?? proxy?.host, 200),
		environment: readText(line.environment, 64),
		deploymentId: readText(line.deploymentId, 128),
	};
}

/** Lines of requests have no message of their own. */
function describeRequest(method: string | null, path: string | null, status: number | null): string {
	return [method ?? 'GET', path ?? '', status ?? ''].filter((part) => part !== '').join(' ');
}
