/** What is told of roll-ups: availability and percentiles. Pure. */
import { decode, merge, percentile } from '../storage/histogram.ts';
import type { Rollup } from './decide.ts';

export interface HistorySummary {
	/** Of looks that gave an answer, the share that found it well (`warn` counts as well); null: none gave one. */
	readonly availability: number | null;
	/** Looks that gave no answer: they count for nothing. */
	readonly unknown: number;
	/** Of durations in milliseconds, within 2 %; null: none was measured. */
	readonly p50Ms: number | null;
	readonly p95Ms: number | null;
	readonly p99Ms: number | null;
}

export function summariseRollups(rollups: readonly Rollup[]): HistorySummary {
	let [well, answered, unknown] = [0, 0, 0];
	for (const { counts } of rollups) {
		well += counts.ok + counts.warn;
		answered += counts.ok + counts.warn + counts.fail;
		unknown += counts.unknown;
	}
	const durations = merge(...rollups.map((rollup) => decode(rollup.durations)));
	const at = (share: number): number | null => percentile(durations, share);
	return { availability: answered === 0 ? null : well / answered, unknown, p50Ms: at(0.5), p95Ms: at(0.95), p99Ms: at(0.99) };
}
