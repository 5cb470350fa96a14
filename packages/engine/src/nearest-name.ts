import { distance } from 'fastest-levenshtein';

/**
 * The name a person most likely meant, or null when none is near.
 * Near: at most a third of the typed letters differ, and never more than four; ties go to the earlier candidate.
 */
export function findNearestName(typed: string, candidates: readonly string[]): string | null {
	let best: string | null = null;
	let bestDistance = Math.min(4, Math.max(1, Math.floor(typed.length / 3))) + 1;
	for (const candidate of candidates) {
		const far = distance(typed.toLowerCase(), candidate.toLowerCase());
		if (far < bestDistance) {
			best = candidate;
			bestDistance = far;
		}
	}
	return best;
}
