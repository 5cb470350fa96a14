/** When a failure began, and what changed before it. Pure: entries and one run's observations in, values out. */
import type { Fact, Observation } from '@holdfast/checks/contract';
import { isFigure } from '@holdfast/checks/history';
import { notLater } from './create-reader.ts';
import type { FactEntry } from './history-entry.ts';
import { type HistoryIndex, isSameFact, type Placed } from './history-index.ts';

export interface RecentChange {
	/** Name of the fact: `release`, `env:SESSION_SECRET`. */
	readonly fact: string;
	readonly from: string;
	readonly to: string;
	/** Of keyed fingerprints: the key's id. They say that it changed and nothing else. */
	readonly scope: string | null;
	/** ISO 8601: when the new value was first seen. */
	readonly at: string;
}

/** The past of one failing observation. */
export interface FailureTrace {
	/** Key of the observation. */
	readonly observation: string;
	/** ISO 8601; null when it was never seen well. */
	readonly lastOkAt: string | null;
	/** ISO 8601: the first failure after that; this run where there is no earlier one. */
	readonly firstBadAt: string;
	/** Facts that changed between the two, newest first; empty where it was never seen well. */
	readonly changes: readonly RecentChange[];
}

/** @param nowMs Milliseconds since the epoch: when this run was made. */
export function traceFailures(index: HistoryIndex, observations: readonly Observation[], nowMs: number): readonly FailureTrace[] {
	const seenNow = observations.flatMap(({ facts }) => facts);
	return observations
		.filter(({ state, echoOf }) => state === 'fail' && echoOf === null)
		.map(({ key }) => {
			const past = index.questions.get(key);
			const firstBad = past?.firstBad ?? null;
			const lastOk = past?.lastOk ?? null;
			const firstBadAt = notLater(firstBad?.entry.at ?? new Date(nowMs).toISOString(), nowMs);
			return {
				observation: key,
				lastOkAt: lastOk === null ? null : notLater(lastOk.entry.at, Date.parse(firstBadAt)),
				firstBadAt,
				changes:
					lastOk === null ? [] : listChanges(index, { from: lastOk.place, to: firstBad?.place ?? null, seenNow, nowMs }).toReversed(),
			};
		});
}

/** All changes that came before the first failure of this question, newest first, however long ago. */
export function listChangesBefore(
	index: HistoryIndex,
	key: string,
	{ observations, nowMs }: { readonly observations: readonly Observation[]; readonly nowMs: number },
): readonly RecentChange[] {
	const to = index.questions.get(key)?.firstBad?.place ?? null;
	return listChanges(index, { from: -1, to, seenNow: observations.flatMap(({ facts }) => facts), nowMs }).toReversed();
}

interface Window {
	/** Places in the history. `to`: null for a failure that is new. */
	readonly from: number;
	readonly to: number | null;
	readonly seenNow: readonly Fact[];
	readonly nowMs: number;
}

function listChanges(index: HistoryIndex, { from, to, seenNow, nowMs }: Window): readonly RecentChange[] {
	const past = [...index.facts.values()].flatMap((changes) =>
		changes.flatMap((change, position) => {
			const before = changes[position - 1];
			const isInside = change.place > from && (to === null || change.place < to);
			return before !== undefined && isInside ? [{ place: change.place, change: describeChange(before, change.entry, nowMs) }] : [];
		}),
	);
	const ordered = past.toSorted((a, b) => a.place - b.place).map(({ change }) => change);
	const all = [...ordered, ...(to === null ? listNewChanges(index, seenNow, nowMs) : [])].filter((change) => change !== null);
	return all.filter(({ fact }) => !isFigure(fact));
}

function listNewChanges(index: HistoryIndex, seenNow: readonly Fact[], nowMs: number): readonly (RecentChange | null)[] {
	const names = [...new Set(seenNow.map(({ name }) => name))];
	return names.map((name) => {
		const before = index.facts.get(name)?.at(-1);
		const fact = seenNow.find((one) => one.name === name && before !== undefined && !isSameFact(before.entry, one));
		if (before === undefined || fact === undefined) return null;
		return describeChange(before, { t: 'fact', at: new Date(nowMs).toISOString(), ...fact }, nowMs);
	});
}

/** Null where the two cannot be compared: fingerprints of different keys. */
function describeChange(before: Placed<FactEntry>, { name, value, scope, at }: FactEntry, nowMs: number): RecentChange | null {
	if (before.entry.scope !== scope) return null;
	return { fact: name, from: before.entry.value, to: value, scope: scope ?? null, at: notLater(at, nowMs) };
}
