import { distance } from 'fastest-levenshtein';

/**
 * The valid name that a wrong one was most likely meant to be.
 *
 * @returns the candidate with the smallest edit distance when that is at most a third of the typed length (and at least
 *   two edits are always forgiven), the first in order where several are equal; null when nothing is near
 */
export function findNearestName(typed: string, candidates: readonly string[]): string | null {
	const forgiven = Math.max(2, Math.floor(typed.length / 3));
	let best: string | null = null;
	let bestEdits = forgiven + 1;
	for (const candidate of candidates) {
		const edits = distance(typed.toLowerCase(), candidate.toLowerCase());
		if (edits < bestEdits) {
			best = candidate;
			bestEdits = edits;
		}
	}
	return best;
}

/** The hint that goes with a wrong name: the nearest valid one, else the list of all while it is short. */
export function hintForName(typed: string, candidates: readonly string[]): string {
	const nearest = findNearestName(typed, candidates);
	if (nearest !== null) return `Did you mean ${nearest}?`;
	if (candidates.length === 0) return 'None exists.';
	const shown = candidates.slice(0, 12).join(', ');
	return candidates.length > 12 ? `Valid names begin with ${shown}.` : `Valid: ${shown}.`;
}
