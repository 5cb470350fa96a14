/** Finds the answers to the question that a binding asks, in an order that does not depend on the order they came in. */
import type { Binding } from '@holdfast/runbook/model';
import type { Observation, State } from '../contract.ts';
import { type BoundCheck, writeValue } from './bound-checks.ts';
import { compareDepth, compareText } from './find-roots.ts';

export interface Answers {
	/** Keys are unique; two answers under one key: the worse one counts. */
	readonly all: readonly Observation[];
	/** Empty when the question was not asked. */
	readonly find: (check: BoundCheck) => readonly Observation[];
}

const badness: Readonly<Record<State, number>> = { fail: 0, unknown: 1, warn: 2, ok: 3 };

export function indexObservations(observations: readonly Observation[]): Answers {
	const unique = new Map<string, Observation>();
	for (const observation of observations.toSorted(compareObservations)) {
		if (!unique.has(observation.key)) unique.set(observation.key, observation);
	}
	const all = [...unique.values()].toSorted(compareDepth);
	return { all, find: ({ binding }) => all.filter((observation) => answers(observation, binding)) };
}

function compareObservations(a: Observation, b: Observation): number {
	return badness[a.state] - badness[b.state] || compareText(JSON.stringify(a), JSON.stringify(b));
}

/**
 * The runner fills in defaults and keeps in the key only what differs from them. So it is the same question when all that the
 * binding says holds, and the key says nothing that the binding does not.
 */
function answers(observation: Observation, { id, params }: Binding): boolean {
	if (observation.check !== id) return false;
	if (!Object.entries(params).every(([name, value]) => isSameValue(observation.params[name], value))) return false;
	return listNamesOfKey(observation.key).every((name) => Object.hasOwn(params, name));
}

/** `http.page path=/a text="two words"` names `path` and `text`. */
function listNamesOfKey(key: string): readonly string[] {
	return [...key.matchAll(/\s([^\s=]+)=(?:"(?:[^"\\]|\\.)*"|\S*)/g)].map((pair) => pair[1] ?? '');
}

/** A parameter is text in the document and may be a number or a truth value once read. */
function isSameValue(read: unknown, written: string): boolean {
	if (read === undefined) return false;
	return writeValue(read) === written || (typeof read === 'number' && read === Number(written));
}
