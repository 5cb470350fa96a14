import type pg from 'pg';
import { decode, emptyHistogram, type Histogram, merge, percentile } from '../storage/histogram.ts';
import { groupBy } from './group-by.ts';
import { CLS_SCALE } from './rollups/keep-measured.ts';

export type VitalRating = 'good' | 'needs improvement' | 'poor';

export interface VitalFigure {
	readonly metric: string;
	/** Milliseconds; CLS without unit. */
	readonly p75: number;
	readonly rating: VitalRating;
	readonly count: number;
}

export interface VitalRoute {
	readonly service: string;
	readonly route: string;
	readonly device: string;
	/** In the order of the table below. */
	readonly figures: readonly VitalFigure[];
}

/** Good up to the first, poor above the second: https://web.dev/articles/defining-core-web-vitals-thresholds */
const BOUNDS: Readonly<Record<string, readonly [good: number, poor: number]>> = {
	LCP: [2500, 4000],
	INP: [200, 500],
	CLS: [0.1, 0.25],
	FCP: [1800, 3000],
	TTFB: [800, 1800],
};

export interface VitalQuery {
	readonly service: string | null;
	readonly since: number;
	readonly device: string | null;
	readonly release: string | null;
}

export async function readVitals(pool: pg.Pool, query: VitalQuery): Promise<readonly VitalRoute[]> {
	const { rows } = await pool.query<{ service: string; name: string; part: string; device: string; count: string; durations: Buffer }>(
		`select service, name, part, device, count, durations from sent_rollup
		where kind = 'v' and at >= date_trunc('hour', $1::timestamptz) and ($2::text is null or service = $2)
			and ($3::text is null or device = $3) and ($4::text is null or release = $4)`,
		[new Date(query.since), query.service, query.device, query.release],
	);
	const routes = [...groupBy(rows, ({ service, name, device }) => JSON.stringify([service, name, device])).values()].map((of) => {
		const [first] = of;
		const figures = Object.keys(BOUNDS).flatMap((metric) =>
			figureOf(
				metric,
				of.filter(({ part }) => part === metric),
			),
		);
		return { service: first?.service ?? '', route: first?.name ?? '', device: first?.device ?? '', figures };
	});
	const views = ({ figures }: VitalRoute): number => Math.max(0, ...figures.map(({ count }) => count));
	return routes.toSorted((a, b) => views(b) - views(a) || (a.route < b.route ? -1 : 1));
}

function figureOf(metric: string, rows: readonly { readonly count: string; readonly durations: Buffer }[]): readonly VitalFigure[] {
	const whole = rows.reduce<Histogram>((sum, { durations }) => merge(sum, decode(durations)), emptyHistogram);
	const found = percentile(whole, 0.75);
	if (found === null) return [];
	const p75 = metric === 'CLS' ? Math.round((found / CLS_SCALE) * 1000) / 1000 : Math.round(found);
	return [{ metric, p75, rating: rateVital(metric, p75), count: rows.reduce((sum, { count }) => sum + Number(count), 0) }];
}

export function rateVital(metric: string, value: number): VitalRating {
	const [good, poor] = BOUNDS[metric] ?? [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
	return value <= good ? 'good' : value <= poor ? 'needs improvement' : 'poor';
}
