/** One line of a log, JSON (pino, winston, bunyan, the Next.js logger and their like) or plain, to time, level and text. Pure. */
import type { LogLine } from '@holdfast/checks/vendors';
import { parseJson, readTime, showText } from '../http/shown-text.ts';

export function readLogLine(line: string): LogLine {
	const json = line.trimStart().startsWith('{') ? parseJson(line) : undefined;
	return typeof json === 'object' && json !== null ? readRecord(json as Record<string, unknown>, line) : readPlain(line);
}

function readRecord(record: Record<string, unknown>, line: string): LogLine {
	const time = record.time ?? record.at ?? record.timestamp ?? record.ts ?? record['@timestamp'] ?? record.date;
	return {
		at: readTime(typeof time === 'number' ? toMilliseconds(time) : time),
		level: readLevel(record.level ?? record.severity ?? record.lvl) ?? 'other',
		text: showText(readMessage(record) ?? line),
	};
}

/** Seconds, as some loggers write them, are below any millisecond of this century. */
function toMilliseconds(time: number): number {
	return time < 1e11 ? time * 1000 : time;
}

function readMessage(record: Record<string, unknown>): string | null {
	const said = [record.msg, record.message, record.text, record.event].find((value) => typeof value === 'string' && value !== '');
	const error = record.err ?? record.error;
	const cause =
		typeof error === 'string'
			? error
			: typeof error === 'object' && error !== null && 'message' in error && typeof error.message === 'string'
				? error.message
				: null;
	const parts = [said, cause].filter((part) => typeof part === 'string');
	return parts.length === 0 ? null : [...new Set(parts)].join(': ');
}

/** pino and bunyan count: 40 is warn, 50 error, 60 fatal. */
function readLevel(level: unknown): LogLine['level'] | null {
	if (typeof level === 'number') return level >= 50 ? 'error' : level >= 40 ? 'warn' : 'other';
	if (typeof level !== 'string') return null;
	if (/^(?:err(?:or)?|fatal|crit(?:ical)?|emerg(?:ency)?|alert|panic)$/i.test(level)) return 'error';
	return /^warn(?:ing)?$/i.test(level) ? 'warn' : 'other';
}

const stamp = /^\W{0,3}(\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?)/;
const levelWord = /^\W{0,4}(error|err|fatal|critical|panic|warn|warning|info|debug|trace|notice)\b(?=[\]:)\s|-])/i;

function readPlain(line: string): LogLine {
	const time = stamp.exec(line)?.[1];
	const rest = time === undefined ? line : line.slice(line.indexOf(time) + time.length);
	return { at: time === undefined ? null : readTime(withZone(time)), level: readPlainLevel(rest), text: showText(line) };
}

/** A time without a zone is taken for UTC: servers’ logs mostly are, and the reader’s own zone would be a guess as well. */
function withZone(time: string): string {
	const iso = time
		.replace(' ', 'T')
		.replace(',', '.')
		.replace(/(\.\d{3})\d+/, '$1');
	return /(?:Z|[+-]\d\d:?\d\d)$/.test(iso) ? iso : `${iso}Z`;
}

function readPlainLevel(rest: string): LogLine['level'] {
	// Frames of a stack belong to the line before.
	if (/^\s+(?:at |\|)|^\s{4,}/.test(rest)) return 'other';
	if (
		/^\W{0,4}⨯|^\W{0,3}(?:Uncaught|Unhandled)\b|^\W{0,4}(?:[A-Z]\w{0,60})?Error(?: \[\w+\])?:|unhandledRejection|uncaughtException/.test(
			rest,
		)
	)
		return 'error';
	if (/^\W{0,3}⚠/.test(rest)) return 'warn';
	const word = levelWord.exec(rest)?.[1];
	return word === undefined ? 'other' : (readLevel(word) ?? 'other');
}
