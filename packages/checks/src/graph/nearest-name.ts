/** The name somebody probably meant. */
import { distance } from 'fastest-levenshtein';

/** @returns the closest of `names` if at most a third of its letters differ (at least two may), else null. Ties: the first in order. */
export function findNearestName(given: string, names: readonly string[]): string | null {
	let best: { name: string; away: number } | null = null;
	for (const name of names) {
		const away = distance(given.toLowerCase(), name.toLowerCase());
		if (away <= Math.max(2, Math.floor(name.length / 3)) && (best === null || away < best.away)) best = { name, away };
	}
	return best?.name ?? null;
}
