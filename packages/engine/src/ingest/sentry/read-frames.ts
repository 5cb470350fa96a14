import { cutText, readBoolean, readFields, readList, readNumber, readText } from '../values/field.ts';
import { fitJson } from '../values/json.ts';
import type { StackFrame } from './event.ts';

/** More are taken out of the middle (https://develop.sentry.dev/sdk/foundations/transport/event-payloads/#variable-size). */
const MAX_FRAMES = 50;
const MAX_LINE = 512;
const MAX_CONTEXT = 10;

/** Reads a stack trace (https://develop.sentry.dev/sdk/foundations/transport/event-payloads/stacktrace/); without frames for anything else. */
export function readFrames(stacktrace: unknown): readonly StackFrame[] {
	const all = readList(readFields(stacktrace)?.frames);
	const kept = all.length <= MAX_FRAMES ? all : [...all.slice(0, MAX_FRAMES / 2), ...all.slice(-MAX_FRAMES / 2)];
	return kept.flatMap((raw) => {
		const frame = readFields(raw);
		return frame === null ? [] : [readFrame(frame)];
	});
}

function readFrame(frame: Readonly<Record<string, unknown>>): StackFrame {
	return {
		file: readText(frame.filename ?? frame.abs_path, 512),
		module: readText(frame.module ?? frame.package, 256),
		function: readText(frame.function, 256),
		line: readNumber(frame.lineno, 0, 10_000_000),
		column: readNumber(frame.colno, 0, 10_000_000),
		inApp: readBoolean(frame.in_app),
		source: readLine(frame.context_line),
		before: readLines(frame.pre_context).slice(-MAX_CONTEXT),
		after: readLines(frame.post_context).slice(0, MAX_CONTEXT),
		variables: readFields(frame.vars) === null ? null : fitJson(frame.vars, { depth: 4, characters: 4_096 }),
	};
}

/** Lines keep their indentation. */
function readLine(value: unknown): string | null {
	return typeof value === 'string' ? cutText(value.trimEnd(), MAX_LINE) : null;
}

function readLines(value: unknown): readonly string[] {
	return readList(value).map((line) => readLine(line) ?? '');
}
