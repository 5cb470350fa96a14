import type { Observation } from '../contract.ts';
import { findRoots } from './find-roots.ts';

/**
 * Whether what fails is explained by what is known to fail already: an echo of it, a row of the table of explanations, or the same fault
 * (rules G8 to G10). Both are failing observations, not necessarily of one run.
 */
export function leadsTo(effect: Observation, cause: Observation): boolean {
	if (effect.key === cause.key) return true;
	const faults = findRoots([cause, effect]);
	const root = faults.rootOf(effect).key;
	// Of two questions of one check that see the same fault, either may stand for it.
	return root === cause.key || (effect.check === cause.check && faults.rootOf(cause).key === root);
}
