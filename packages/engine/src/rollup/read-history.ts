/** What a page shows of a monitor over time, from roll-ups only: raw samples are never read for a plot. */
import type pg from 'pg';
import { decode, type Histogram, merge, percentile } from '../storage/histogram.ts';
import { floor, GRAIN_MS, type Grain } from './decide.ts';

export interface HistoryPoint {
	/** Beginning, in milliseconds since the epoch. */
	readonly at: number;
	readonly ok: number;
	readonly warn: number;
	readonly fail: number;
	readonly unknown: number;
	/** Of answers, in milliseconds, within 2 %; null: none was given. */
	readonly p50Ms: number | null;
	readonly p95Ms: number | null;
	readonly p99Ms: number | null;
}

export interface History {
	/** How long each point is. */
	readonly stepMs: number;
	/** In order; units in which nothing was looked at are left out: a gap is no zero. */
	readonly points: readonly HistoryPoint[];
}

/** As many as a plot of a screen's width can show apart. */
const MOST_POINTS = 300;
/** Default retention (48 h of minutes, 90 d of hours) less what may already have gone. */
const MINUTES_UP_TO_MS = 47 * GRAIN_MS.h;
const HOURS_UP_TO_MS = 31 * GRAIN_MS.d;

/** The finest grain that reaches back so far and is worth reading. Pure. */
export function grainFor(spanMs: number): Grain {
	if (spanMs <= MINUTES_UP_TO_MS) return 'm';
	return spanMs <= HOURS_UP_TO_MS ? 'h' : 'd';
}

/** A whole number of units, so that there are at most `MOST_POINTS`. Pure. */
export function stepFor(spanMs: number, grain: Grain): number {
	return GRAIN_MS[grain] * Math.max(1, Math.ceil(spanMs / GRAIN_MS[grain] / MOST_POINTS));
}

interface Row {
	readonly at: Date;
	readonly ok: number;
	readonly warn: number;
	readonly fail: number;
	readonly unknown: number;
	readonly durations: Buffer;
}

/** By the primary key: one range of it. */
export async function readHistory(
	pool: Pick<pg.Pool, 'query'>,
	{ monitorId, from, to }: { readonly monitorId: number; readonly from: number; readonly to: number },
): Promise<History> {
	const grain = grainFor(to - from);
	const stepMs = stepFor(to - from, grain);
	const { rows } = await (pool as pg.Pool).query<Row>({
		name: 'read-history',
		text: 'select at, ok, warn, fail, unknown, durations from rollup where monitor_id = $1 and grain = $2 and at >= $3 and at < $4 order by at',
		values: [monitorId, grain, new Date(floor(from, grain)), new Date(to)],
	});
	return { stepMs, points: toPoints(rows, stepMs) };
}

function toPoints(rows: readonly Row[], stepMs: number): readonly HistoryPoint[] {
	const steps = new Map<number, Row[]>();
	for (const row of rows) {
		const at = Math.floor(row.at.getTime() / stepMs) * stepMs;
		const known = steps.get(at);
		if (known === undefined) steps.set(at, [row]);
		else known.push(row);
	}
	return [...steps].map(([at, parts]) => {
		const durations: Histogram = merge(...parts.map((part) => decode(part.durations)));
		const sum = (state: 'ok' | 'warn' | 'fail' | 'unknown'): number => parts.reduce((total, part) => total + part[state], 0);
		return {
			at,
			ok: sum('ok'),
			warn: sum('warn'),
			fail: sum('fail'),
			unknown: sum('unknown'),
			p50Ms: percentile(durations, 0.5),
			p95Ms: percentile(durations, 0.95),
			p99Ms: percentile(durations, 0.99),
		};
	});
}
