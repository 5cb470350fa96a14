/** What the diagnosis is told of the past: changes between the last good answer and the first bad one. Pure. */
import type { Observation } from '@holdfast/checks/contract';
import type { FactChange } from '@holdfast/checks/diagnosis';
import type { HistoryIndex } from './history-index.ts';
import { type FailureTrace, listChangesBefore, type RecentChange, traceFailures } from './trace-failures.ts';

/** How far back a change is still given, in milliseconds: 30 days. Older ones have been lived with. */
export const RECALL_MS = 30 * 86_400_000;

export interface Recollection {
	/** Each change once, newest first. */
	readonly changes: readonly FactChange[];
	/** ISO 8601, UTC, by key of the failing observation. */
	readonly lastOk: Readonly<Record<string, string>>;
}

/** @param nowMs Milliseconds since the epoch: when this run was made. */
export function recall(index: HistoryIndex, observations: readonly Observation[], nowMs: number): Recollection {
	const traces = traceFailures(index, observations, nowMs);
	const seen = new Map<string, FactChange>();
	for (const trace of traces) {
		for (const change of changesOf(trace, index, observations, nowMs)) {
			if (nowMs - Date.parse(change.at) > RECALL_MS) continue;
			seen.set(`${change.fact}\n${change.at}\n${change.to}`, { name: change.fact, at: change.at, from: change.from, to: change.to });
		}
	}
	return {
		changes: [...seen.values()].toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at)),
		lastOk: Object.fromEntries(traces.flatMap((trace) => (trace.lastOkAt === null ? [] : [[trace.observation, beforeChanges(trace)]]))),
	};
}

/** Never seen well, everything before its first failure may have brought it about. */
function changesOf(trace: FailureTrace, index: HistoryIndex, observations: readonly Observation[], nowMs: number): readonly RecentChange[] {
	return trace.lastOkAt === null ? listChangesBefore(index, trace.observation, { observations, nowMs }) : trace.changes;
}

/** The file knows that the changes came after the good answer. Where clocks disagree, the time of the answer is moved before them. */
function beforeChanges({ lastOkAt, changes }: FailureTrace): string {
	const times = [Date.parse(lastOkAt ?? ''), ...changes.map(({ at }) => Date.parse(at) - 1)];
	return new Date(Math.min(...times)).toISOString();
}
