import type { VitalReport } from '../wire.ts';
import type { VitalEntry } from './read-beacon.ts';
import { addValue, makeHistogram, mergeHistogram, readPercentile, type VitalHistogram } from './vital-histogram.ts';

/** The last hour in twelve slices: what is told covers 55 to 60 minutes. */
const SLICE_MS = 5 * 60_000;
const SLICES = 12;
/** Causes that one slice of one series remembers; later ones are not counted. */
const MAX_CAUSES = 10;
/** Where entries go when there are more routes than the store may hold. */
const OTHER_ROUTE = '/*';

interface Slice {
	readonly number: number;
	readonly histogram: VitalHistogram;
	readonly causes: Map<string, number>;
}

interface Series {
	readonly key: Pick<VitalReport, 'route' | 'device' | 'metric'>;
	slices: Slice[];
}

export interface VitalStore {
	readonly add: (entry: VitalEntry, device: VitalReport['device'], now: number) => void;
	readonly report: (now: number) => VitalReport[];
}

/** Holds the values of the last hour, for at most `maxRoutes` routes × 3 devices × 5 metrics. Times in ms. */
export function makeVitalStore(maxRoutes: number): VitalStore {
	const all = new Map<string, Series>();
	let current = -1;
	const forget = (now: number): void => {
		if (Math.floor(now / SLICE_MS) === current) return;
		current = Math.floor(now / SLICE_MS);
		const oldest = current - SLICES;
		for (const [id, series] of all) {
			series.slices = series.slices.filter(({ number }) => number > oldest);
			if (series.slices.length === 0) all.delete(id);
		}
	};
	const routeFor = (route: string, id: string): string => {
		if (all.has(id)) return route;
		const routes = new Set([...all.values()].map(({ key }) => key.route));
		return routes.has(route) || routes.size < maxRoutes ? route : OTHER_ROUTE;
	};
	return {
		add({ metric, value, route: named, attribution }, device, now) {
			forget(now);
			const route = routeFor(named, `${metric} ${device} ${named}`);
			const id = `${metric} ${device} ${route}`;
			const series = all.get(id) ?? { key: { route, device, metric }, slices: [] };
			all.set(id, series);
			const number = Math.floor(now / SLICE_MS);
			let slice = series.slices.find((known) => known.number === number);
			if (slice === undefined) {
				slice = { number, histogram: makeHistogram(), causes: new Map() };
				series.slices.push(slice);
			}
			addValue(slice.histogram, value, floorOf(metric));
			if (attribution !== null && (slice.causes.has(attribution) || slice.causes.size < MAX_CAUSES))
				slice.causes.set(attribution, (slice.causes.get(attribution) ?? 0) + 1);
		},
		report(now) {
			forget(now);
			return [...all.values()].map(summarize).sort((one, other) => other.count - one.count || one.route.localeCompare(other.route));
		},
	};
}

function summarize({ key, slices }: Series): VitalReport {
	const whole = makeHistogram();
	const causes = new Map<string, number>();
	for (const slice of slices) {
		mergeHistogram(whole, slice.histogram);
		for (const [cause, count] of slice.causes) causes.set(cause, (causes.get(cause) ?? 0) + count);
	}
	const [first] = [...causes].sort(([, one], [, other]) => other - one);
	const p75 = readPercentile(whole, 0.75, floorOf(key.metric));
	const digits = key.metric === 'CLS' ? 10_000 : 10;
	return { ...key, count: whole.count, p75: Math.round(p75 * digits) / digits, attribution: first?.[0] ?? null };
}

/** A shift below 0.001 and a time below 1 ms count as nothing. */
function floorOf(metric: VitalReport['metric']): number {
	return metric === 'CLS' ? 0.001 : 1;
}
