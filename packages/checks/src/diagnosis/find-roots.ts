/**
 * From failing observations to faults: each failing observation leads to one root, by the graph's echoes first, then by the
 * table of explanations; equal failures at one host are one fault (rules G8 to G10).
 */
import type { Observation } from '../contract.ts';
import { findExplanation } from './explanations.ts';
import { findingOf } from './finding-of.ts';
import { measureDepth } from './layers.ts';
import { placeOf } from './place-of.ts';
import { variablesOf } from './variables-of.ts';

export interface Faults {
	/** The failing observations that stand for a fault of their own, deepest first. */
	readonly roots: readonly Observation[];
	/** The root that a failing observation leads to: itself for a root. */
	readonly rootOf: (observation: Observation) => Observation;
	/** It fails by itself: no echo, and not explained by another unless it agrees with it. Siblings of a root stand too. */
	readonly stands: (observation: Observation) => boolean;
}

/** @param observations in any order; those that do not fail are ignored. */
export function findRoots(observations: readonly Observation[]): Faults {
	const failing = observations.filter((observation) => observation.state === 'fail').toSorted(compareDepth);
	const byKey = new Map(failing.map((observation) => [observation.key, observation]));
	const parents = new Map<string, Parent>();
	for (const observation of failing) {
		const parent = findParent(observation, failing, byKey);
		if (parent !== null) parents.set(observation.key, parent);
	}

	const representatives = new Map<string, Observation>();
	// Ends: an echo that leads back to itself has no parent, and an explanation always leads deeper.
	const climb = (start: Observation): Observation => {
		const parent = parents.get(start.key);
		return parent === undefined ? start : climb(parent.source);
	};
	const roots: Observation[] = [];
	for (const observation of failing) {
		if (parents.has(observation.key)) continue;
		const fault = nameFault(observation);
		if (representatives.has(fault)) continue;
		representatives.set(fault, observation);
		roots.push(observation);
	}
	return {
		roots,
		rootOf: (observation) => {
			const top = climb(observation);
			return representatives.get(nameFault(top)) ?? top;
		},
		stands: (observation) => {
			const agreeing = parents.get(observation.key)?.agrees ?? true;
			return observation.state === 'fail' && observation.echoOf === null && agreeing;
		},
	};
}

interface Parent {
	readonly source: Observation;
	/** It saw the same fault. */
	readonly agrees: boolean;
}

/**
 * An echo's parent is the observation it names. An echo of something that is not among the failing ones has no parent: it
 * stays visible as a fault, though it confirms nothing.
 */
function findParent(observation: Observation, failing: readonly Observation[], byKey: ReadonlyMap<string, Observation>): Parent | null {
	if (observation.echoOf !== null) {
		const source = byKey.get(observation.echoOf);
		return source === undefined || echoesItself(observation, byKey) ? null : { source, agrees: false };
	}
	for (const source of failing) {
		// Two answers that show the same fault do not explain each other.
		if (source.echoOf !== null || nameFault(source) === nameFault(observation)) continue;
		const explanation = findExplanation(source, observation, failing);
		if (explanation !== null) return { source, agrees: explanation.agrees === true };
	}
	return null;
}

function echoesItself(start: Observation, byKey: ReadonlyMap<string, Observation>): boolean {
	const seen = new Set<string>();
	for (let current: Observation | undefined = start; current !== undefined; current = byKey.get(current.echoOf ?? '')) {
		if (seen.has(current.key)) return true;
		seen.add(current.key);
	}
	return false;
}

/** Codes of a request that got no answer: every check that makes requests fails with them, for the same reason. */
const noAnswer = /^(?:net|tls)\./;

/** The same check failing with the same code at the same host, or for the same variable, is the same fault; of no answer, whichever check asked. */
function nameFault(observation: Observation): string {
	// The latency check words a timeout in its own way.
	const code = findingOf(observation).code.replace(/^latency\.hang\./, 'net.timeout.');
	const { host, port } = placeOf(observation);
	const place = `${host}:${port ?? ''}`;
	if (noAnswer.test(code) && host !== '') return `${code} ${place}`;
	const variables = observation.check.startsWith('env.') ? variablesOf(observation).toSorted().join(' ') : '';
	return `${observation.check} ${code} ${place} ${variables}`;
}

export function compareDepth(a: Observation, b: Observation): number {
	return measureDepth(a.check) - measureDepth(b.check) || compareText(a.key, b.key);
}

/** By code unit, so that no locale changes a verdict. */
export function compareText(a: string, b: string): number {
	return a < b ? -1 : a > b ? 1 : 0;
}
