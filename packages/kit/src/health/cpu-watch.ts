import { availableParallelism, loadavg } from 'node:os';
import type { CpuReport } from '../wire.ts';

/** What the numbers are read from; injected in tests. */
export interface CpuSource {
	/** Milliseconds, monotonic. */
	readonly now: () => number;
	/** Microseconds of processor time that this process has used, in user and system mode. */
	readonly used: () => { readonly user: number; readonly system: number };
	/** Load averages of the machine over 1, 5 and 15 minutes; zeros where the system has none. */
	readonly load: () => readonly number[];
}

const systemSource: CpuSource = { now: () => performance.now(), used: () => process.cpuUsage(), load: loadavg };

/** A share over less than this would tell of the reading itself. */
const MIN_WINDOW_MS = 100;

export interface CpuWatch {
	/** Processor time since the last reading, or since the watch began. */
	read(): CpuReport;
}

/** Measures the processor time between two readings. Costs nothing in between. */
export function watchCpu(source: CpuSource = systemSource): CpuWatch {
	let from = { at: source.now(), micros: sum(source.used()) };
	let last: { share: number; windowMs: number } | null = null;
	return {
		read() {
			const at = source.now();
			const windowMs = at - from.at;
			if (windowMs >= MIN_WINDOW_MS) {
				const micros = sum(source.used());
				last = { share: round((micros - from.micros) / 1000 / windowMs), windowMs: Math.round(windowMs) };
				from = { at, micros };
			}
			const [one, five, fifteen] = source.load().map(round);
			const hasLoad = [one, five, fifteen].some((value) => value !== undefined && value > 0);
			return {
				shareOfOneCore: last?.share ?? null,
				windowMs: last?.windowMs ?? null,
				coreCount: availableParallelism(),
				load: hasLoad ? [one ?? 0, five ?? 0, fifteen ?? 0] : null,
			};
		},
	};
}

function sum(used: { readonly user: number; readonly system: number }): number {
	return used.user + used.system;
}

function round(value: number): number {
	return Math.round(value * 1000) / 1000;
}
