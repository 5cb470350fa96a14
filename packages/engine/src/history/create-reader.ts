import type { HistoryReader } from '@holdfast/checks/history';
import type { HistoryIndex } from './history-index.ts';

/** @param nowMs Milliseconds since the epoch: a time that lies after it was written by a clock that ran ahead, and is given as now. */
export function createReader({ facts, questions }: HistoryIndex, nowMs: number): HistoryReader {
	return {
		readFact: async (name) =>
			(facts.get(name) ?? []).map(({ entry: { value, scope, at } }) => ({
				name,
				value,
				...(scope === undefined ? {} : { scope }),
				at: notLater(at, nowMs),
			})),
		listFacts: async (prefix) => [...facts.keys()].filter((name) => name.startsWith(prefix)).sort(),
		readLastOk: async (key) => {
			const sample = questions.get(key)?.lastOk;
			return sample === undefined || sample === null ? null : notLater(sample.entry.at, nowMs);
		},
	};
}

/** ISO 8601 of the time, or of now where it lies ahead. */
export function notLater(at: string, nowMs: number): string {
	return new Date(Math.min(Date.parse(at), nowMs)).toISOString();
}
