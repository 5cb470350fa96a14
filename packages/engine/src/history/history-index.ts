/**
 * What the entries say, by question and by fact. Order is that of the file, never that of the clocks: they were written under a lock,
 * and a clock that was set back must not turn the past around.
 */
import type { FactEntry, HistoryEntry, SampleEntry } from './history-entry.ts';

export interface Placed<Entry> {
	/** Position in the file. */
	readonly place: number;
	readonly entry: Entry;
}

export interface QuestionHistory {
	readonly lastOk: Placed<SampleEntry> | null;
	/** First failure after the last ok; the first of all where it never was ok. */
	readonly firstBad: Placed<SampleEntry> | null;
	readonly last: Placed<SampleEntry>;
}

export interface HistoryIndex {
	readonly questions: ReadonlyMap<string, QuestionHistory>;
	/** Every change of a fact, oldest first: values that follow each other differ. */
	readonly facts: ReadonlyMap<string, readonly Placed<FactEntry>[]>;
	readonly count: number;
}

export function indexHistory(entries: readonly HistoryEntry[]): HistoryIndex {
	const questions = new Map<string, QuestionHistory>();
	const facts = new Map<string, Placed<FactEntry>[]>();
	for (const [place, entry] of entries.entries()) {
		if (entry.t === 'sample') questions.set(entry.key, addSample(questions.get(entry.key), { place, entry }));
		else addFact(facts, { place, entry });
	}
	return { questions, facts, count: entries.length };
}

export function isSameFact(a: Pick<FactEntry, 'value' | 'scope'>, b: Pick<FactEntry, 'value' | 'scope'>): boolean {
	return a.value === b.value && a.scope === b.scope;
}

function addSample(before: QuestionHistory | undefined, sample: Placed<SampleEntry>): QuestionHistory {
	const { state } = sample.entry;
	if (state === 'ok') return { lastOk: sample, firstBad: null, last: sample };
	const firstBad = before?.firstBad ?? (state === 'fail' ? sample : null);
	return { lastOk: before?.lastOk ?? null, firstBad, last: sample };
}

function addFact(facts: Map<string, Placed<FactEntry>[]>, fact: Placed<FactEntry>): void {
	const known = facts.get(fact.entry.name) ?? [];
	const latest = known.at(-1);
	if (latest !== undefined && isSameFact(latest.entry, fact.entry)) return;
	facts.set(fact.entry.name, [...known, fact]);
}
