/** What watching costs: processor time against a bare loop in the same run, memory, lateness, notifications, reads and disk, two engines. */
import { findMedian, printFigures, sayProgress } from './figures.mjs';
import { measureHistory } from './load/history.mjs';
import { measureNotify } from './load/notify.mjs';
import { findShare, measurePace } from './load/pace.mjs';
import { measureShare } from './load/share.mjs';
import { readOptions } from './options.mjs';

const options = readOptions({
	usage: 'node bench/load.mjs [--only PART] [--seconds N] [--hours N] [--json FILE]',
	about:
		'Runs the built engine with the database that it brings against a little server; parts: steady, dense, many, notify, history, share.',
	options: {
		only: { kind: 'text', default: null, about: 'these parts alone, with commas' },
		seconds: { kind: 'number', default: 60, about: 'how long each pace is measured' },
		hours: { kind: 'number', default: 0, about: 'watch 1,000 monitors for so long instead, and print how memory grows' },
		profile: { kind: 'text', default: null, about: 'write CPU profiles of the engine to this folder' },
		json: { kind: 'text', default: null, about: 'write all rows to this file' },
	},
});
if (options.hours > 0) {
	await watchMemory(options.hours);
	process.exit(0);
}
const wanted = (/** @type {string} */ part) => options.only === null || options.only.split(',').includes(part);
/** @type {object[]} */
const rows = [];
/** @type {Record<string, number>} */
const figures = {};
const measureMs = options.seconds * 1000;

if (wanted('steady')) {
	const row = await measurePace({
		name: 'steady',
		pages: 1000,
		everyMs: 20_000,
		warmMs: 25_000,
		measureMs,
		withLoop: true,
		profile: options.profile,
	});
	rows.push(row);
	Object.assign(figures, {
		monitors: row.monitors,
		cpu_s_per_1000: row.per1000,
		loop_cpu_s_per_1000: row.loopPer1000,
		ratio_to_loop: row.ratio,
		pss_mb: row.pssMb,
		late_p50_ms: row.lateP50Ms ?? Number.NaN,
		late_p99_ms: row.lateP99Ms ?? Number.NaN,
		missed: row.missed,
	});
}
if (wanted('dense')) {
	const row = await measurePace({
		name: 'dense',
		pages: 1000,
		everyMs: 2000,
		warmMs: 10_000,
		measureMs: measureMs / 2,
		withLoop: true,
		profile: options.profile,
	});
	rows.push(row);
	Object.assign(figures, {
		cpu_s_per_1000_at_500: row.per1000,
		ratio_to_loop_at_500: row.ratio,
		late_p99_ms_at_500: row.lateP99Ms ?? Number.NaN,
	});
}
if (wanted('many')) {
	const row = await measurePace({
		name: 'many',
		pages: 10_000,
		everyMs: 60_000,
		warmMs: 65_000,
		measureMs: measureMs * 0.75,
		withLoop: false,
		profile: options.profile,
	});
	rows.push(row);
	Object.assign(figures, {
		cores_at_10000: row.cores,
		late_p99_ms_at_10000: row.lateP99Ms ?? Number.NaN,
		missed_at_10000: row.missed,
		pss_mb_at_10000: row.pssMb,
	});
}
if (wanted('notify')) {
	const { rows: told, expected } = await measureNotify({ batches: 16 });
	rows.push(...told);
	const times = told.map(({ ms }) => ms);
	Object.assign(figures, {
		notify_p50_ms: findShare(times, 0.5) ?? Number.NaN,
		notify_p95_ms: findShare(times, 0.95) ?? Number.NaN,
		notify_untold: expected - told.length,
	});
}
if (wanted('history')) {
	const { rows: read, sizes } = await measureHistory({ reads: 60 });
	rows.push(...read);
	const slowest = Math.max(...read.flatMap((row) => ('p95Ms' in row ? [row.p95Ms] : [])));
	Object.assign(figures, { reads_p95_ms: slowest, disk_mb: sizes.folderMb });
}
if (wanted('share')) {
	const row = await measureShare();
	rows.push(row);
	Object.assign(figures, {
		share_apart_percent: row.apartPercent,
		taken_over_s: row.takenOverS,
		share_lost: row.lost,
		share_doubled: row.doubled,
	});
}
if (options.json !== null) sayProgress(`rows are written to ${options.json}`);
await printFigures('bench:load', figures, { json: options.json, rows });

/** @param {number} hours */
async function watchMemory(hours) {
	const row = await measurePace({
		name: 'hours',
		pages: 1000,
		everyMs: 20_000,
		warmMs: 120_000,
		measureMs: hours * 3_600_000,
		withLoop: false,
	});
	const [from, to] = [row.pss.slice(0, 15), row.pss.slice(-15)].map(findMedian);
	await printFigures(
		'bench:load',
		{
			monitors: 1000,
			hours,
			pss_mb: row.pssMb,
			pss_slope_mb_per_hour: ((to ?? 0) - (from ?? 0)) / hours,
			late_p99_ms: row.lateP99Ms ?? Number.NaN,
			missed: row.missed,
		},
		{ json: options.json, rows: [row] },
	);
}
