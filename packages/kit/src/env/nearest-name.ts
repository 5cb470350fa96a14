/**
 * The name among `candidates` that a person most likely meant by `wanted`, or null when none is near enough.
 * Distance: Damerau-Levenshtein (optimal string alignment), case ignored; near is one edit per four characters, 3 at most.
 */
export function findNearestName(wanted: string, candidates: Iterable<string>): string | null {
	const limit = Math.min(3, Math.floor(wanted.length / 4));
	let best: { name: string; distance: number } | null = null;
	for (const name of candidates) {
		if (Math.abs(name.length - wanted.length) > limit) continue;
		const distance = editDistance(name.toUpperCase(), wanted.toUpperCase());
		if (distance <= limit && (best === null || distance < best.distance)) best = { name, distance };
	}
	return best?.name ?? null;
}

/** Edits (insert, delete, replace, swap of neighbours) between two strings. */
export function editDistance(left: string, right: string): number {
	let beforePrevious: number[] = [];
	let previous = Array.from({ length: right.length + 1 }, (_, index) => index);
	for (let i = 1; i <= left.length; i++) {
		const current = [i];
		for (let j = 1; j <= right.length; j++) {
			const same = left[i - 1] === right[j - 1];
			let cost = Math.min(at(previous, j) + 1, at(current, j - 1) + 1, at(previous, j - 1) + (same ? 0 : 1));
			if (i > 1 && j > 1 && left[i - 1] === right[j - 2] && left[i - 2] === right[j - 1])
				cost = Math.min(cost, at(beforePrevious, j - 2) + 1);
			current.push(cost);
		}
		beforePrevious = previous;
		previous = current;
	}
	return at(previous, right.length);
}

function at(row: readonly number[], index: number): number {
	return row[index] ?? Number.POSITIVE_INFINITY;
}
