/** Each bucket is 8 % wide: its geometric middle is at most 4 % away from every value in it. */
const GROWTH = 1.08;

/** Values by size, on a logarithmic scale: bounded however many there are. */
export interface VitalHistogram {
	/** Bucket number → how many values. Bucket -1 holds what counts as nothing. */
	readonly buckets: Map<number, number>;
	count: number;
}

export function makeHistogram(): VitalHistogram {
	return { buckets: new Map(), count: 0 };
}

/** Adds one value. `floor`: below it a value counts as nothing; it must be the same for all values of one histogram. */
export function addValue(histogram: VitalHistogram, value: number, floor: number): void {
	const bucket = value < floor ? -1 : Math.floor(Math.log(value / floor) / Math.log(GROWTH));
	histogram.buckets.set(bucket, (histogram.buckets.get(bucket) ?? 0) + 1);
	histogram.count += 1;
}

/** Adds all of `from` to `into`. */
export function mergeHistogram(into: VitalHistogram, from: VitalHistogram): void {
	for (const [bucket, count] of from.buckets) into.buckets.set(bucket, (into.buckets.get(bucket) ?? 0) + count);
	into.count += from.count;
}

/** The value that `share` (0 to 1) of all values do not exceed, within 4 %; 0 without values. */
export function readPercentile(histogram: VitalHistogram, share: number, floor: number): number {
	let left = Math.max(1, Math.ceil(histogram.count * share));
	for (const [bucket, count] of [...histogram.buckets].sort(([one], [other]) => one - other)) {
		left -= count;
		if (left <= 0) return bucket < 0 ? 0 : floor * GROWTH ** (bucket + 0.5);
	}
	return 0;
}
