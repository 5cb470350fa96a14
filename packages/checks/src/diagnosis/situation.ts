/** What every judgement looks at: the answers and the faults behind them, worked out once per diagnosis. */
import type { Certainty } from '@holdfast/runbook/model';
import type { Observation } from '../contract.ts';
import { isMasked } from './explanations.ts';
import { type Faults, findRoots } from './find-roots.ts';
import { findingOf } from './finding-of.ts';
import { isApart, measureDepth, silencesOthers } from './layers.ts';
import type { FactChange } from './model.ts';
import type { Answers } from './observation-index.ts';
import { isSameHost, placeOf } from './place-of.ts';
import { type ChangeInput, listRelated } from './recent-changes.ts';
import { endWithoutStop, type Surroundings } from './speaks-for.ts';

export interface Situation {
	readonly answers: Answers;
	readonly faults: Faults;
	readonly accept: readonly Certainty[];
	/** It fails only because something deeper kept it from looking. */
	readonly masked: (observation: Observation) => boolean;
	/** What else its findings are read by. */
	readonly around: (observation: Observation) => Surroundings;
	/** Changes that may have brought about what these show; nothing where there are none. */
	readonly related: (failing: readonly Observation[]) => { readonly changes?: readonly FactChange[] };
}

export function readSituation(answers: Answers, accept: readonly Certainty[], changes: ChangeInput): Situation {
	const faults = findRoots(answers.all);
	const failing = new Set(answers.all.filter((answer) => answer.state === 'fail').map((answer) => answer.check));
	return {
		around: (observation) => ({ failing, ...(observation.state === 'fail' ? { root: faults.rootOf(observation) } : {}) }),
		related: (observations) => {
			const related = listRelated(changes, observations);
			return related.length === 0 ? {} : { changes: related };
		},
		answers,
		faults,
		accept,
		masked: (observation) =>
			observation.state === 'fail' && !faults.stands(observation) && isMasked(observation, faults.rootOf(observation)),
	};
}

/** For an answer that is unknown: the closed door in front of it, which says more than that nothing could be read; else null. */
export function describeDoor(observation: Observation, faults: Faults): string | null {
	const place = placeOf(observation);
	const door = faults.roots.find(
		(root) => silencesOthers(root) && measureDepth(root.check) < measureDepth(observation.check) && isSameHost(placeOf(root), place),
	);
	return door === undefined ? null : waitingFor(door);
}

/** For a failing observation that is an echo: what stands in front of it. */
export function describeEcho(observation: Observation, faults: Faults): string {
	const root = faults.rootOf(observation);
	if (root.key === observation.key)
		return `${observation.check} fails as an echo of ${observation.echoOf ?? 'another check'}, which was not seen failing`;
	const message = endWithoutStop(findingOf(root).message);
	return silencesOthers(root) ? waitingFor(root) : `${observation.check} fails as a consequence: ${message}`;
}

/** The root itself is told once, above; here its name is enough. */
function waitingFor(root: Observation): string {
	return `could not be looked at while ${root.check} fails`;
}

/** A failure that says something is broken, in contrast to advice and suspicion (rules G13, G14). */
export function isFault(observation: Observation): boolean {
	return observation.state === 'fail' && !isApart(observation.check);
}
