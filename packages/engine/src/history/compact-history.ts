import { formatHistory, type HistoryEntry } from './history-entry.ts';
import { type HistoryIndex, indexHistory, type Placed } from './history-index.ts';

/** Changes of one fact that are kept: more is no history but a fact that never rests. */
const CHANGES_PER_FACT = 200;

/**
 * The least that still answers every question: each change of a fact, and of each question its last ok, the first failure after it
 * and its last answer. Where even that is more than `limitBytes`, the oldest go first.
 */
export function compactHistory(entries: readonly HistoryEntry[], limitBytes: number): readonly HistoryEntry[] {
	const kept = listKept(indexHistory(entries));
	const ordered = [...kept].toSorted(([a], [b]) => a - b).map(([, entry]) => entry);
	let bytes = 0;
	const newest = ordered.toReversed().filter((entry) => {
		bytes += Buffer.byteLength(formatHistory([entry]));
		return bytes <= limitBytes;
	});
	return newest.toReversed();
}

function listKept({ facts, questions }: HistoryIndex): ReadonlyMap<number, HistoryEntry> {
	const kept = new Map<number, HistoryEntry>();
	const keep = (placed: Placed<HistoryEntry> | null): void => {
		if (placed !== null) kept.set(placed.place, placed.entry);
	};
	for (const changes of facts.values()) for (const change of changes.slice(-CHANGES_PER_FACT)) keep(change);
	for (const { lastOk, firstBad, last } of questions.values()) for (const sample of [lastOk, firstBad, last]) keep(sample);
	return kept;
}
