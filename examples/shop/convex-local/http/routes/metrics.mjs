import { Refusal } from '../../refusal.mjs';

/** @import { Deployment } from '../../deployment.d.ts' */
/** @import { LogEntry } from '../../functions/functions.d.ts' */
/** @import { Route } from '../http.d.ts' */
/** @typedef {(found: readonly LogEntry[], seconds: number) => number | null} Measure */

/** @param {LogEntry} entry */
const isFailed = ({ error }) => error !== null;
/** @param {number} part @param {number} whole */
const percentage = (part, whole) => (part / whole) * 100;
/** @type {Measure} */
const hitPercentage = (found) => percentage(found.filter(({ cachedResult }) => cachedResult).length, found.length);

/**
 * Figures over time, from the executions that the log still has (crates/local_backend/src/app_metrics.rs). The dashboard's, and no stable interface.
 * @type {Readonly<Record<string, Route>>}
 */
export const metrics = {
	'/api/app_metrics/udf_rate': ({ log }, { query }) => {
		const entries = ofFunction(log.entries, query);
		const kinds = {
			invocations: entries,
			errors: entries.filter(isFailed),
			cacheHits: entries.filter(({ cachedResult }) => cachedResult),
			cacheMisses: entries.filter(({ udfType, cachedResult }) => udfType === 'Query' && !cachedResult),
		};
		const metric = query.get('metric') ?? '';
		if (!Object.hasOwn(kinds, metric)) throw new Refusal(400, 'BadMetric', `Expected one of ${Object.keys(kinds).join(', ')}.`);
		return series(query, kinds[/** @type {keyof typeof kinds} */ (metric)], (found, seconds) => found.length / seconds);
	},
	'/api/app_metrics/cache_hit_percentage': ({ log }, { query }) => series(query, ofFunction(log.entries, query), hitPercentage),
	'/api/app_metrics/latency_percentiles': ({ log }, { query }) => {
		const entries = ofFunction(log.entries, query);
		const wanted = /** @type {number[]} */ (JSON.parse(query.get('percentiles') ?? '[50,90,95,99]'));
		return wanted.map((percent) => [
			percent,
			series(query, entries, (found) => {
				const times = found.map(({ executionTime }) => executionTime).sort((left, right) => left - right);
				return times[Math.max(0, Math.ceil((percent / 100) * times.length) - 1)] ?? null;
			}),
		]);
	},
	'/api/app_metrics/failure_percentage_top_k': topFunctions((found) => percentage(found.filter(isFailed).length, found.length)),
	'/api/app_metrics/cache_hit_percentage_top_k': topFunctions(hitPercentage),
	'/api/app_metrics/function_call_count_top_k': topFunctions((found) => found.length),
	'/api/app_metrics/function_concurrency': ({ permits }) => permits.running(),
};

/** Series of the functions that were run most, by name. @param {Measure} measure @returns {Route} */
function topFunctions(measure) {
	return (/** @type {Deployment} */ { log }, { query }) => {
		const most = Math.min(25, Math.max(1, Number(query.get('k') ?? 5) || 5));
		const names = [...new Set(log.entries.map(({ identifier }) => identifier))];
		return names
			.map((name) => /** @type {const} */ ([name, log.entries.filter(({ identifier }) => identifier === name)]))
			.sort(([, left], [, right]) => right.length - left.length)
			.slice(0, most)
			.map(([name, entries]) => [name, series(query, entries, measure)]);
	};
}

/**
 * One value for each bucket of the window that is asked for; null where nothing happened.
 * @param {URLSearchParams} query @param {readonly LogEntry[]} entries @param {Measure} measure
 */
function series(query, entries, measure) {
	const { start, end, buckets } = readWindow(query);
	const width = (end - start) / buckets;
	return Array.from({ length: buckets }, (_, index) => {
		const from = start + index * width;
		const found = entries.filter(({ timestamp }) => timestamp >= from && timestamp < from + width);
		const seconds = Math.floor(from);
		return [
			{ secs_since_epoch: seconds, nanos_since_epoch: Math.floor((from - seconds) * 1e9) },
			found.length === 0 ? null : measure(found, width),
		];
	});
}

/** @param {URLSearchParams} query @throws {Refusal} 400 */
function readWindow(query) {
	/** @type {{ start?: Record<string, number>, end?: Record<string, number>, num_buckets?: number }} */
	const window = JSON.parse(query.get('window') ?? '{}');
	const start = secondsOf(window.start);
	const end = secondsOf(window.end);
	const buckets = Number(window.num_buckets);
	if (!(end > start)) throw new Refusal(400, 'BadWindow', 'Expected a window whose end is after its start.');
	if (!Number.isInteger(buckets) || buckets < 1 || buckets > 10_000) throw new Refusal(400, 'BadWindow', 'Expected 1 to 10000 buckets.');
	return { start, end, buckets };
}

/** @param {Record<string, number>} [time] */
const secondsOf = (time = {}) => Number(time.secs_since_epoch ?? Number.NaN) + Number(time.nanos_since_epoch ?? 0) / 1e9;

/** @param {readonly LogEntry[]} entries @param {URLSearchParams} query */
function ofFunction(entries, query) {
	const path = query.get('path') ?? query.get('udfPath');
	return entries.filter(({ identifier }) => identifier === path?.replace(/\.js(?=:)/, ''));
}
