/** Which figures are kept over time, and how they become points. Pure. */
import type { Observation } from '@holdfast/checks/contract';
import type { TrendPoint, TrendQuestion } from '@holdfast/checks/trend';
import { countOf, type Histogram, percentile } from '../storage/histogram.ts';

/** A week, as far as perf.trend looks back, and a day for hours that are looked at in whole. */
export const KEPT_MS = 9 * 24 * 3_600_000;

/** By check: what its names begin or end with. Everything else is in the observation of its time, and goes with it. */
const kept: Readonly<Record<string, RegExp>> = {
	'server.memory-trend': /^(?:heap|memory) \S{1,16}$/,
	'vitals.p75': /^[A-Z]{3,4} p75$/,
};

export interface KeptFigure {
	/** The question, as the monitor has it. */
	readonly key: string;
	readonly name: string;
	/** Milliseconds since the epoch, the beginning of a minute. */
	readonly at: number;
	readonly value: number;
}

export function listKept(observations: readonly Observation[]): readonly KeptFigure[] {
	return observations.flatMap(({ check, key, startedAt, measurements }) => {
		const names = kept[check];
		if (names === undefined) return [];
		const at = Math.floor(Date.parse(startedAt) / 60_000) * 60_000;
		return measurements
			.filter(({ name, value }) => names.test(name) && Number.isFinite(value))
			.map(({ name, value }) => ({ key, name, at, value }));
	});
}

/** Whether a monitor's question, as it was written, is one that is asked about. */
export function isAskedAbout(params: Readonly<Record<string, unknown>>, where: TrendQuestion['where']): boolean {
	if (where === undefined) return true;
	const written = params[where.name];
	return (typeof written === 'string' ? written : where.byDefault) === where.value;
}

/** Figures into steps of time, by the nearest rank. */
export function toPoints(figures: readonly { readonly at: number; readonly value: number }[], stepMs: number): readonly TrendPoint[] {
	const steps = new Map<number, number[]>();
	for (const { at, value } of figures) {
		const from = Math.floor(at / stepMs) * stepMs;
		const known = steps.get(from);
		if (known === undefined) steps.set(from, [value]);
		else known.push(value);
	}
	return [...steps]
		.toSorted(([a], [b]) => a - b)
		.map(([fromMs, values]) => {
			const sorted = values.toSorted((a, b) => a - b);
			const at = (share: number): number => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
			return { fromMs, toMs: fromMs + stepMs, count: sorted.length, p50: at(0.5), p75: at(0.75), p95: at(0.95) };
		});
}

/** @returns null for an hour without a figure. */
export function toPoint(histogram: Histogram, fromMs: number, stepMs: number): TrendPoint | null {
	const [p50, p75, p95] = [0.5, 0.75, 0.95].map((share) => percentile(histogram, share));
	if (p50 == null || p75 == null || p95 == null) return null;
	return { fromMs, toMs: fromMs + stepMs, count: countOf(histogram), p50, p75, p95 };
}
