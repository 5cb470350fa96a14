import { readJson } from '../values/json.ts';
import { MAX_LINE_BYTES, MAX_LINES } from './drain-line.ts';

export interface SplitBody {
	/** Each a parsed value, or text that is no JSON. */
	readonly entries: readonly unknown[];
	/** Lines that are longer or more than allowed. */
	readonly droppedCount: number;
}

const NEWLINE = 10;
const BRACKET = 91;

/** Splits a delivery into its lines: a JSON array, one JSON value to a line, or plain text. Empty lines are none. Never throws. */
export function splitLines(body: Buffer): SplitBody {
	const whole = firstByte(body) === BRACKET ? readJson(body) : null;
	if (whole?.ok === true && Array.isArray(whole.value)) return limit(whole.value);
	const entries: unknown[] = [];
	let droppedCount = 0;
	for (let from = 0; from < body.length; ) {
		const found = body.indexOf(NEWLINE, from);
		const end = found === -1 ? body.length : found;
		const size = end - from;
		const line = body.subarray(from, end);
		from = end + 1;
		if (size > MAX_LINE_BYTES || entries.length >= MAX_LINES) droppedCount += 1;
		else if (line.some((byte) => byte > 32)) entries.push(readLine(line));
	}
	return { entries, droppedCount };
}

function readLine(line: Buffer): unknown {
	const json = firstByte(line) === 123 ? readJson(line) : null;
	return json?.ok === true ? json.value : line.toString('utf8').trim();
}

function firstByte(bytes: Buffer): number | undefined {
	return bytes.find((byte) => byte > 32);
}

function limit(entries: readonly unknown[]): SplitBody {
	return { entries: entries.slice(0, MAX_LINES), droppedCount: Math.max(0, entries.length - MAX_LINES) };
}
