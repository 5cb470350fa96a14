/** How alike two words are, typing mistakes allowed: 1 for the same word, 0 for another one. */

/**
 * The better of shared trigrams (Dice over padded trigrams) and edit distance with neighbouring letters swapped
 * (optimal string alignment). Words of three letters or fewer must be equal: one letter makes them another word.
 */
export function compareWords(a: string, b: string): number {
	if (a === b) return 1;
	const shorter = Math.min(a.length, b.length);
	if (shorter <= 3 || /\d/.test(a) || /\d/.test(b)) return 0;
	const allowed = shorter >= 8 ? 2 : 1;
	const distance = measureDistance(a, b, allowed);
	if (distance <= allowed) return 1 - distance / (shorter + 1);
	const shared = measureTrigrams(a, b);
	return shared >= 0.65 ? shared : 0;
}

function measureTrigrams(a: string, b: string): number {
	const [first, second] = [listTrigrams(a), listTrigrams(b)];
	const shared = [...first].filter((trigram) => second.has(trigram)).length;
	return (2 * shared) / (first.size + second.size);
}

function listTrigrams(word: string): ReadonlySet<string> {
	const padded = `  ${word} `;
	return new Set(Array.from({ length: padded.length - 2 }, (_, index) => padded.slice(index, index + 3)));
}

/** @returns the distance, or `limit + 1` when it is larger. */
function measureDistance(a: string, b: string, limit: number): number {
	if (Math.abs(a.length - b.length) > limit) return limit + 1;
	let beforeLast: number[] = [];
	let last = Array.from({ length: b.length + 1 }, (_, index) => index);
	for (let i = 1; i <= a.length; i += 1) {
		const row = [i];
		for (let j = 1; j <= b.length; j += 1) {
			const same = a[i - 1] === b[j - 1];
			let cost = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1));
			if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, (beforeLast[j - 2] ?? 0) + 1);
			row.push(cost);
		}
		beforeLast = last;
		last = row;
	}
	return Math.min(last[b.length] ?? limit + 1, limit + 1);
}
