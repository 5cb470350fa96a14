/** What an application's log says of errors in a window of time. Pure. */
import type { Finding } from '../../contract.ts';
import type { LogLine, LogTail } from '../../vendors.ts';

export interface JudgedLog {
	readonly findings: readonly Finding[];
	/** Errors in the window and after the last start. */
	readonly count: number;
	/** Most frequent first, at most ten. */
	readonly groups: readonly ErrorGroup[];
	/** Error lines that do not say when they were written. */
	readonly undated: number;
}

export interface ErrorGroup {
	readonly text: string;
	readonly count: number;
	/** ISO 8601 of the last one; null where the lines do not say. */
	readonly lastAt: string | null;
}

export interface LogWindow {
	/** Milliseconds since the epoch. */
	readonly from: number;
	/** When the process began, milliseconds since the epoch; null when not known. Errors before it are another process's. */
	readonly startedAt: number | null;
	readonly minutes: number;
	/** Errors from which it fails. */
	readonly fail: number;
}

export function judgeLog(tail: LogTail, window: LogWindow): JudgedLog {
	const errors = dateLines(tail.lines).filter(({ level }) => level === 'error');
	const undated = errors.filter(({ at }) => at === null).length;
	const inWindow = errors.filter(({ at }) => at !== null && Date.parse(at) >= window.from);
	const now = inWindow.filter(({ at }) => window.startedAt === null || at === null || Date.parse(at) >= window.startedAt);
	const before = inWindow.length - now.length;
	const groups = groupErrors(now);
	const [top] = groups;
	const findings: Finding[] = [];
	if (top !== undefined) {
		const others = groups.length === 1 ? '' : `, of ${groups.length} kinds`;
		findings.push({
			code: 'logs.errors',
			severity: now.length >= window.fail ? 'fail' : 'warn',
			message: `The log holds ${count(now.length)} of the last ${window.minutes} min${others}; ${top.count === 1 ? 'the last' : `most often (${top.count})`}: ${top.text.slice(0, 160)}`,
			fix: 'look at what the errors have in common in the application’s log',
		});
	}
	if (before > 0)
		findings.push({
			code: 'logs.errors',
			severity: 'info',
			message: `${count(before)} of the last ${window.minutes} min were written before the application’s last start`,
		});
	return { findings, count: now.length, groups, undated };
}

/** A line without a time (a stack trace) belongs to the one before it. */
function dateLines(lines: readonly LogLine[]): readonly LogLine[] {
	let last: string | null = null;
	return lines.map((line) => {
		if (line.at !== null && !Number.isNaN(Date.parse(line.at))) last = line.at;
		return { ...line, at: last };
	});
}

/** Errors that differ only in numbers, ids and addresses are one kind. */
function groupErrors(errors: readonly LogLine[]): readonly ErrorGroup[] {
	const groups = new Map<string, ErrorGroup>();
	for (const { text, at } of errors) {
		const key = text
			.replace(/[0-9a-f]{8,}(?:-[0-9a-f]{4,})*/gi, '#')
			.replace(/\d+/g, '#')
			.slice(0, 160);
		const known = groups.get(key);
		groups.set(key, { text, count: (known?.count ?? 0) + 1, lastAt: at });
	}
	return [...groups.values()].toSorted((a, b) => b.count - a.count).slice(0, 10);
}

function count(errors: number): string {
	return errors === 1 ? '1 error' : `${errors} errors`;
}
