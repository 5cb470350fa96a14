/** How many bytes of bodies the process may hold at once, over all connections. */
export interface ByteBudget {
	/** Whether as much could be taken now. */
	readonly has: (bytes: number) => boolean;
	/** @returns false, and takes nothing, when there is not as much left. */
	readonly take: (bytes: number) => boolean;
	readonly giveBack: (bytes: number) => void;
	readonly used: () => number;
}

/** A part of a budget, for one request: what it took is given back at once. */
export interface Allowance extends ByteBudget {
	readonly release: () => void;
}

export function createByteBudget(maxBytes: number): ByteBudget {
	let used = 0;
	const has = (bytes: number): boolean => used + bytes <= maxBytes;
	return {
		has,
		take(bytes) {
			if (!has(bytes)) return false;
			used += bytes;
			return true;
		},
		giveBack(bytes) {
			used = Math.max(0, used - bytes);
		},
		used: () => used,
	};
}

export function openAllowance(budget: ByteBudget): Allowance {
	let taken = 0;
	return {
		has: budget.has,
		used: () => taken,
		take(bytes) {
			const ok = budget.take(bytes);
			if (ok) taken += bytes;
			return ok;
		},
		giveBack(bytes) {
			budget.giveBack(bytes);
			taken -= bytes;
		},
		release() {
			budget.giveBack(taken);
			taken = 0;
		},
	};
}
