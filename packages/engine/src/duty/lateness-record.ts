/** How late runs began, of the last few thousand. */
export interface LatenessRecord {
	readonly add: (lateMs: readonly number[]) => void;
	/** @returns null when nothing ran yet */
	readonly percentile: (share: number) => number | null;
}

const KEPT = 4096;

export function createLatenessRecord(): LatenessRecord {
	const kept: number[] = [];
	let next = 0;
	return {
		add: (lateMs) => {
			for (const late of lateMs) {
				kept[next] = late;
				next = (next + 1) % KEPT;
			}
		},
		percentile: (share) => {
			const sorted = kept.toSorted((a, b) => a - b);
			return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? null;
		},
	};
}
