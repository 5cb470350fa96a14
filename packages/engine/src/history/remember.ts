/** One run's past: loaded before it, written after it. */
import type { Observation } from '@holdfast/checks/contract';
import { type HistoryReader, noHistory } from '@holdfast/checks/history';
import type { HistoryPlace, OperationContext } from '../ports.ts';
import { createReader } from './create-reader.ts';
import type { HistoryEntry } from './history-entry.ts';
import { indexHistory } from './history-index.ts';
import { type Recollection, recall } from './recall.ts';
import { type FailureTrace, traceFailures } from './trace-failures.ts';

export interface RunMemory {
	/** For the checks. */
	readonly reader: HistoryReader;
	/** Of failing observations of this run; to be asked before `keep`. Empty without history. */
	readonly trace: (observations: readonly Observation[]) => readonly FailureTrace[];
	/** For the diagnosis of this run; to be asked before `keep`. */
	readonly recall: (observations: readonly Observation[]) => Recollection;
	/** Writes the run down. @returns what could not be done, as sentences. */
	readonly keep: (observations: readonly Observation[]) => Promise<readonly string[]>;
}

/** @param wanted False: nothing is read and nothing written. */
export async function openMemory(ctx: OperationContext, place: HistoryPlace, wanted: boolean): Promise<RunMemory> {
	if (!wanted) return { reader: noHistory, trace: () => [], recall: () => ({ changes: [], lastOk: {} }), keep: async () => [] };
	const { entries, problem } = await ctx.history.load(place);
	const nowMs = ctx.clock.now();
	const index = indexHistory(entries);
	return {
		reader: createReader(index, nowMs),
		trace: (observations) => traceFailures(index, observations, nowMs),
		recall: (observations) => recall(index, observations, nowMs),
		keep: async (observations) => {
			if (problem !== null) return [problem];
			const writing = await ctx.history.append(place, listEntries(observations));
			return writing.kind === 'written' ? [] : [writing.reason];
		},
	};
}

/** Facts first: what changed in a run may explain what fails in it. */
function listEntries(observations: readonly Observation[]): readonly HistoryEntry[] {
	const facts = observations.flatMap(({ facts: seen, startedAt }) =>
		seen.map(({ name, value, scope }) => ({ t: 'fact' as const, at: startedAt, name, value, ...(scope === undefined ? {} : { scope }) })),
	);
	return [...facts, ...observations.map(({ key, state, startedAt }) => ({ t: 'sample' as const, at: startedAt, key, state }))];
}
