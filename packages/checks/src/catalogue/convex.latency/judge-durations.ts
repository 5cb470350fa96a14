/** How long functions take, by the log. Pure. */
import type { Finding } from '../../contract.ts';
import type { FunctionRuns } from '../../convex/read-log.ts';

/** Milliseconds. */
export interface Durations {
	readonly path: string;
	readonly kind: FunctionRuns['kind'];
	/** Executions that were really run; cached results cost nothing and are left out. */
	readonly count: number;
	readonly p50: number;
	readonly p95: number;
	readonly p99: number;
	/** The longest of its newest quarter, five at least: whether it is slow still. */
	readonly lately: number;
}

const leastLately = 5;

/** @returns one row for each function with an execution that was run, the slowest by p95 first. */
export function measureDurations(functions: readonly FunctionRuns[]): readonly Durations[] {
	return functions
		.flatMap(({ path, kind, executions }) => {
			const times = executions.filter(({ cached }) => !cached).map(({ durationMs }) => durationMs);
			const sorted = times.toSorted((a, b) => a - b);
			const lately = Math.max(...times.slice(-Math.max(leastLately, Math.ceil(times.length / 4))));
			if (sorted.length === 0) return [];
			return [
				{ path, kind, count: sorted.length, p50: percentile(sorted, 50), p95: percentile(sorted, 95), p99: percentile(sorted, 99), lately },
			];
		})
		.toSorted((a, b) => b.p95 - a.p95);
}

/** Nearest rank. @param sorted ascending, not empty. */
export function percentile(sorted: readonly number[], percent: number): number {
	return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? 0;
}

/** Actions wait for others by design; HTTP actions are waited for by somebody. */
const judged: ReadonlySet<FunctionRuns['kind']> = new Set(['query', 'mutation', 'http-action']);

/** @returns the rows that are judged: kinds that somebody waits for, run often enough. */
export function pickJudged(rows: readonly Durations[], least: number): readonly Durations[] {
	return rows.filter(({ kind, count }) => judged.has(kind) && count >= least);
}

/** @param limitMs of the 95th percentile. */
export function judgeDurations(rows: readonly Durations[], limitMs: number): readonly Finding[] {
	return rows
		.filter(({ p95 }) => p95 > limitMs)
		.map(
			({ path, kind, count, p50, p95, lately }): Finding => ({
				code: `latency.slow-${kind}`,
				severity: lately > limitMs ? 'fail' : 'info',
				message: `${path} takes ${Math.round(p95)} ms at the 95th percentile (${Math.round(p50)} ms at the median) of ${count} executions, more than ${limitMs} ms${lately > limitMs ? '' : ', and no longer in its last runs'}`,
				fix: `look at what ${path} reads: an index for its filter, fewer documents, fewer reads one after another`,
			}),
		);
}
