/** Checks that speak of a window of time before now: logs, errors, figures of page views. Their failure outlives what they speak of. Pure. */
import { findTraits } from '@holdfast/checks/diagnosis';
import { checkList } from '@holdfast/checks/registry';

export function speaksOfThePast(checkId: string): boolean {
	return findTraits(checkId).past;
}

/** Their ids, for a query. */
export const checksOfThePast: readonly string[] = checkList.map(({ id }) => id).filter(speaksOfThePast);
