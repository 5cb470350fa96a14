/** Which minutes, hours and days are to be computed anew, and how samples become one. Pure. */
import type { State } from '@holdfast/checks/contract';
import { addTo, decode, emptyHistogram, encode, merge } from '../storage/histogram.ts';

export type Grain = 'm' | 'h' | 'd';

export const GRAIN_MS: Readonly<Record<Grain, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Samples may come so late: their minutes are computed again until then. */
export const LATE_WITHIN_MS = 10 * 60_000;
/** What is older has been dropped or may be: it is never computed again, because that would empty it. */
const LOOK_BACK_MS = 23 * 3_600_000;

export interface Span {
	/** Beginning of the first unit. */
	readonly from: number;
	/** End of the last, exclusive. */
	readonly to: number;
}

/**
 * Whole minutes up to the last that has ended. With `late`, those of the last ten minutes again.
 * @param newest beginning of the newest minute that is there; null: none
 * @returns null when there is nothing to do
 */
export function minutesDue(newest: number | null, now: number, late: boolean): Span | null {
	const to = floor(now, 'm');
	const next = newest === null ? to - LOOK_BACK_MS : Math.min(newest, to - GRAIN_MS.m) + GRAIN_MS.m;
	const from = Math.max(late ? Math.min(next, to - LATE_WITHIN_MS) : next, to - LOOK_BACK_MS);
	return from < to ? { from, to } : null;
}

/** The units of the coarser grain that a span of the finer touches. */
export function coarsen({ from, to }: Span, grain: Grain): Span {
	return { from: floor(from, grain), to: floor(to - 1, grain) + GRAIN_MS[grain] };
}

/** Hours at a time, so that a day of standstill does not come into memory at once. */
export function* cut(span: Span, stepMs: number): Generator<Span> {
	for (let from = span.from; from < span.to; from += stepMs) yield { from, to: Math.min(span.to, from + stepMs) };
}

export function floor(at: number, grain: Grain): number {
	return Math.floor(at / GRAIN_MS[grain]) * GRAIN_MS[grain];
}

export interface Rollup {
	readonly monitorId: number;
	readonly at: number;
	readonly counts: Readonly<Record<State, number>>;
	readonly durations: Uint8Array;
}

const noCounts: Rollup['counts'] = { ok: 0, warn: 0, fail: 0, unknown: 0 };

/** Of one monitor and minute. */
export function rollSamples(
	place: Pick<Rollup, 'monitorId' | 'at'>,
	samples: readonly { readonly state: State; readonly durationMs: number }[],
): Rollup {
	const counts = { ...noCounts };
	for (const { state } of samples) counts[state] += 1;
	// Durations of looks that gave no answer say how long we waited, not how long it takes.
	const durations = samples.filter(({ state }) => state !== 'unknown').map(({ durationMs }) => Math.max(0, durationMs));
	return { ...place, counts, durations: encode(addTo(emptyHistogram, durations)) };
}

/** Of one monitor and coarser unit: sums are sums and histograms merge, so that the order does not matter. */
export function rollParts(place: Pick<Rollup, 'monitorId' | 'at'>, parts: readonly Rollup[]): Rollup {
	const sum = (state: State): number => parts.reduce((total, { counts }) => total + counts[state], 0);
	return {
		...place,
		counts: { ok: sum('ok'), warn: sum('warn'), fail: sum('fail'), unknown: sum('unknown') },
		durations: encode(merge(...parts.map(({ durations }) => decode(durations)))),
	};
}
