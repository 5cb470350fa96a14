/** Statistics that single strange values do not move. Pure. */

/** @returns NaN for no values. */
export function median(values: readonly number[]): number {
	if (values.length === 0) return Number.NaN;
	const sorted = values.toSorted((a, b) => a - b);
	const middle = Math.floor(sorted.length / 2);
	return sorted.length % 2 === 1 ? (sorted[middle] ?? Number.NaN) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}

export interface Point {
	readonly x: number;
	readonly y: number;
}

/** Theil–Sen: the median of the slopes of all pairs, unmoved by up to 29 % of strange points (Sen, JASA 63, 1968). Null for fewer than two places. */
export function findSlope(points: readonly Point[]): number | null {
	const slopes = pairsOf(points).flatMap(([a, b]) => (a.x === b.x ? [] : [(b.y - a.y) / (b.x - a.x)]));
	return slopes.length === 0 ? null : median(slopes);
}

/**
 * Mann–Kendall: how many standard deviations the pairs that rise exceed those that fall, with the correction for continuity; above 2.33
 * chance alone rises so in one of a hundred cases (Mann, Econometrica 13, 1945). @param points in order of x
 */
export function measureRise(points: readonly Point[]): number {
	const count = points.length;
	const sum = pairsOf(points).reduce((total, [a, b]) => total + Math.sign(b.y - a.y), 0);
	const deviation = Math.sqrt((count * (count - 1) * (2 * count + 5)) / 18);
	if (sum === 0 || deviation === 0) return 0;
	return (sum - Math.sign(sum)) / deviation;
}

/**
 * Cliff's δ: how much more often a value of `after` lies above one of `before` than below, −1 to 1. From 0.474 on the effect is large
 * (Romano et al., 2006). @returns 0 where one side is empty
 */
export function measureEffect(before: readonly number[], after: readonly number[]): number {
	if (before.length === 0 || after.length === 0) return 0;
	let sum = 0;
	for (const a of after) for (const b of before) sum += Math.sign(a - b);
	return sum / (before.length * after.length);
}

function pairsOf(points: readonly Point[]): readonly (readonly [Point, Point])[] {
	return points.flatMap((a, index) => points.slice(index + 1).map((b) => [a, b] as const));
}
