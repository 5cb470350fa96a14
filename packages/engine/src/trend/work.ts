/**
 * Figures over time, kept in the database and read for the checks that compare. Guarantee: each figure of a minute is kept once, however
 * often it is written; what cannot be kept is lost, and no check waits for it or fails by it.
 */
import type { Observation } from '@holdfast/checks/contract';
import type { TrendPoint, TrendQuestion, TrendReader, TrendSpan } from '@holdfast/checks/trend';
import { GRAIN_MS } from '../rollup/decide.ts';
import { decode, type Histogram, merge } from '../storage/histogram.ts';
import type { Database } from '../storage/open-database.ts';
import { isAskedAbout, listKept, toPoint, toPoints } from './decide.ts';
import { findMonitors, readHours, readMeasurements, writeMeasurements } from './queries.ts';

export interface Trends {
	readonly readerOf: (service: string) => TrendReader;
	/** Never rejects. */
	readonly keep: (service: string, observations: readonly Observation[]) => Promise<void>;
}

/** @param onLost told when figures could not be written or read */
export function createTrends({ pool }: Pick<Database, 'pool'>, onLost: (reason: string) => void = () => undefined): Trends {
	const tell = (error: unknown): void => onLost(error instanceof Error ? error.message : String(error));
	return {
		readerOf: (service) => ({ read: (question, span) => readTrend({ pool }, service, question, span) }),
		keep: async (service, observations) => {
			const figures = listKept(observations);
			if (figures.length > 0) await writeMeasurements(pool, service, figures).catch(tell);
		},
	};
}

/** How long checks took is kept by the hour, so that no point is shorter. */
export async function readTrend(
	{ pool }: Pick<Database, 'pool'>,
	service: string,
	{ check, where, measurement }: TrendQuestion,
	{ fromMs: from, toMs: to, stepMs }: TrendSpan,
): Promise<readonly TrendPoint[]> {
	const monitors = await findMonitors(pool, service, check);
	const ids = monitors.filter(({ params }) => isAskedAbout(params, where)).map(({ id }) => id);
	if (ids.length === 0) return [];
	if (measurement !== undefined) return toPoints(await readMeasurements(pool, { ids, name: measurement, from, to }), stepMs);
	const step = Math.max(GRAIN_MS.h, Math.floor(stepMs / GRAIN_MS.h) * GRAIN_MS.h);
	const byStep = new Map<number, Histogram>();
	for (const { at, durations } of await readHours(pool, { ids, from, to })) {
		const start = Math.floor(at / step) * step;
		byStep.set(start, merge(byStep.get(start) ?? new Map(), decode(durations)));
	}
	return [...byStep].toSorted(([a], [b]) => a - b).flatMap(([start, histogram]) => toPoint(histogram, start, step) ?? []);
}
