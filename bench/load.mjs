/** What watching costs: processor time against a bare loop in the same run, memory, lateness, notifications, reads and disk, two engines. */
import { printFigures, sayProgress } from './figures.mjs';
import { measureHistory } from './load/history.mjs';
import { measureNotify } from './load/notify.mjs';
import { measurePace } from './load/pace.mjs';
import { measureShare } from './load/share.mjs';
import { readOptions } from './options.mjs';

const options = readOptions({
	usage: 'node bench/load.mjs [--only PART] [--seconds N] [--hours N] [--json FILE]',
	about: 'Runs the built engine with the database that it brings against a little server; parts: steady, dense, many, notify, history, share.',
	options: {
		only: { kind: 'text', default: null, about: 'these parts alone, with commas' },
		seconds: { kind: 'number', default: 60, about: 'how long each pace is measured' },
		hours: { kind: 'number', default: 0, about: 'watch 1,000 monitors for so long instead, and print how memory grows' },
		profile: { kind: 'text', default: null, about: 'write CPU profiles of the engine to this folder' },
		json: { kind: 'text', default: null, about: 'write all rows to this file' },
	},
});
const wanted = (/** @type {string} */ part) => options.only === null || options.only.split(',').includes(part);
/** @type {object[]} */
const rows = [];
/** @type {Record<string, number>} */
const figures = {};
const measureMs = options.seconds * 1000;

if (wanted('steady')) {
	const row = await measurePace({ name: 'steady', pages: 1000, everyMs: 20_000, warmMs: 25_000, measureMs, withLoop: true, profile: options.profile });
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
	const row = await measurePace({ name: 'dense', pages: 1000, everyMs: 2000, warmMs: 10_000, measureMs: measureMs / 2, withLoop: true, profile: options.profile });
	rows.push(row);
	Object.assign(figures, { cpu_s_per_1000_at_500: row.per1000, ratio_to_loop_at_500: row.ratio, late_p99_ms_at_500: row.lateP99Ms ?? Number.NaN });
}
if (wanted('many')) {
	const row = await measurePace({ name: 'many', pages: 10_000, everyMs: 60_000, warmMs: 75_000, measureMs: measureMs / 2, withLoop: false, profile: null });
	rows.push(row);
	Object.assign(figures, { cores_at_10000: row.cores, late_p99_ms_at_10000: row.lateP99Ms ?? Number.NaN, missed_at_10000: row.missed, pss_mb_at_10000: row.pssMb });
}
if (wanted('notify')) {
	const row = await measureNotify({ pages: 500, services: 20 });
	rows.push(row);
	Object.assign(figures, { notify_p50_ms: row.p50Ms ?? Number.NaN, notify_p95_ms: row.p95Ms ?? Number.NaN, untold: row.untold });
}
if (wanted('history')) {
	const row = await measureHistory();
	rows.push(row);
	Object.assign(figures, { disk_mb: row.diskMb, log_mb: row.logMb, read_p95_ms: row.readP95Ms });
}
if (wanted('share')) {
	const row = await measureShare({ pages: 1000, every: '5s', measureMs: measureMs / 2 });
	rows.push(row);
	Object.assign(figures, { off_half_pct: row.offHalfPct, takeover_s: row.takeoverMs / 1000, twice: row.twice });
}
if (options.json !== null) sayProgress(`rows are written to ${options.json}`);
await printFigures('bench:load', figures, { json: options.json, rows });
