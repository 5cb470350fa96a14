/**
 * How durations are distributed, in few bytes and mergeable: counts in buckets whose bounds grow by 2 %, so that any percentile is within
 * 1 % of the true value. The idea is DDSketch's (Masson, Rim, Lee: PVLDB 12, 2019, section 2) without its collapsing: durations span six
 * orders of magnitude, so that at most 1,100 buckets exist. Pure.
 */

/** Bucket index → count. Index 0 is below 1 unit; index i covers (γ^(i−1), γ^i]. */
export type Histogram = ReadonlyMap<number, number>;

/** Relative error α = 1 %: γ = (1 + α) / (1 − α). */
const GAMMA = 1.01 / 0.99;
const LOG_GAMMA = Math.log(GAMMA);

export const emptyHistogram: Histogram = new Map();

/** @param value zero or more, in any one unit; below 1 all are alike @throws {RangeError} when it is negative or no number */
export function findBucket(value: number): number {
	if (!(value >= 0) || value === Number.POSITIVE_INFINITY) throw new RangeError(`expected a duration of 0 or more, got ${value}`);
	return value <= 1 ? 0 : Math.ceil(Math.log(value) / LOG_GAMMA);
}

export function addTo(histogram: Histogram, values: readonly number[]): Histogram {
	const sum = new Map(histogram);
	for (const value of values) {
		const bucket = findBucket(value);
		sum.set(bucket, (sum.get(bucket) ?? 0) + 1);
	}
	return sum;
}

export function merge(...histograms: readonly Histogram[]): Histogram {
	const sum = new Map<number, number>();
	for (const histogram of histograms) for (const [bucket, count] of histogram) sum.set(bucket, (sum.get(bucket) ?? 0) + count);
	return sum;
}

export function countOf(histogram: Histogram): number {
	return [...histogram.values()].reduce((sum, count) => sum + count, 0);
}

/**
 * @param share 0.95 for the 95th percentile
 * @returns null when the histogram is empty
 */
export function percentile(histogram: Histogram, share: number): number | null {
	const total = countOf(histogram);
	if (total === 0) return null;
	// Rank by the nearest-rank method.
	let left = Math.max(1, Math.ceil(share * total));
	for (const bucket of [...histogram.keys()].sort((a, b) => a - b)) {
		left -= histogram.get(bucket) ?? 0;
		// The value whose relative distance to both bounds is the same.
		if (left <= 0) return bucket === 0 ? 1 : (2 * GAMMA ** bucket) / (GAMMA + 1);
	}
	return null;
}

/** Pairs of (index minus the one before, count) as unsigned LEB128. */
export function encode(histogram: Histogram): Buffer {
	const bytes: number[] = [];
	let before = 0;
	for (const [bucket, count] of [...histogram].sort(([a], [b]) => a - b)) {
		write(bytes, bucket - before);
		write(bytes, count);
		before = bucket;
	}
	return Buffer.from(bytes);
}

/** @throws {RangeError} when the bytes end within a number */
export function decode(bytes: Uint8Array): Histogram {
	const histogram = new Map<number, number>();
	let at = 0;
	const read = (): number => {
		let value = 0;
		for (let scale = 1; ; scale *= 128) {
			const byte = bytes[at];
			if (byte === undefined) throw new RangeError(`a histogram of ${bytes.length} bytes ends within a number`);
			at += 1;
			value += (byte & 0x7f) * scale;
			if (byte < 0x80) return value;
		}
	};
	for (let bucket = 0; at < bytes.length; ) {
		bucket += read();
		histogram.set(bucket, read());
	}
	return histogram;
}

function write(bytes: number[], value: number): void {
	let left = value;
	while (left >= 128) {
		bytes.push((left % 128) | 0x80);
		left = Math.floor(left / 128);
	}
	bytes.push(left);
}
