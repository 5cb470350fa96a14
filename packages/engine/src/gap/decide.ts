/** Whether there was a time in which nobody watched. Pure. */

/** Shorter than this is a restart. */
const LEAST_GAP_MS = 5 * 60_000;
/** So many intervals of the monitor that is asked most often are no gap: its run may just have ended. */
const INTERVALS = 3;

export interface Watch {
	/** When the last sample began, of any monitor; null: never. Milliseconds since the epoch, as every time here. */
	readonly lastAt: number | null;
	/** Of the monitor that is asked most often; null: nothing is watched. */
	readonly shortestEveryMs: number | null;
}

export interface Gap {
	readonly from: number;
	readonly to: number;
}

export type GapDecision =
	| { readonly kind: 'gap'; readonly gap: Gap; readonly reason: string }
	| { readonly kind: 'none'; readonly reason: string };

export function decideGap({ lastAt, shortestEveryMs }: Watch, now: number): GapDecision {
	if (lastAt === null || shortestEveryMs === null) return { kind: 'none', reason: 'nothing was watched before' };
	const least = Math.max(LEAST_GAP_MS, INTERVALS * shortestEveryMs);
	const passed = now - lastAt;
	if (passed <= least) return { kind: 'none', reason: `the last sample is ${Math.max(0, Math.round(passed / 1000))} s old` };
	return { kind: 'gap', gap: { from: lastAt, to: now }, reason: `no sample for ${Math.round(passed / 60_000)} min` };
}
