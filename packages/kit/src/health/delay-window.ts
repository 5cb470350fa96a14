import { type IntervalHistogram, monitorEventLoopDelay } from 'node:perf_hooks';

/** How often the monitor looks, in ms: 250 samples and more stand behind a percentile. */
const RESOLUTION_MS = 20;

export interface DelayWindow {
	/** 99th percentile of the delay in ms, over the last 5 to 10 s; null before the first sample. */
	readonly p99: () => number | null;
	/** Drops the older half; to be called every 5 s. */
	readonly turn: () => void;
	readonly stop: () => void;
}

/** Two monitors that take turns, since one alone would never forget. They do not keep the process alive. */
export function watchDelays(): DelayWindow {
	const start = (): IntervalHistogram => {
		const monitor = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
		monitor.enable();
		return monitor;
	};
	let [older, younger] = [start(), start()];
	return {
		// The monitor records the whole interval between two looks, in ns.
		p99: () => (older.count === 0 ? null : Math.max(0, older.percentile(99) / 1e6 - RESOLUTION_MS)),
		turn() {
			older.reset();
			[older, younger] = [younger, older];
		},
		stop() {
			older.disable();
			younger.disable();
		},
	};
}
