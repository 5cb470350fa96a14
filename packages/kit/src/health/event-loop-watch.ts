import type { EventLoopReport } from '../wire.ts';
import { type DelayWindow, watchDelays } from './delay-window.ts';

/** Time and timer as they are used here; injected in tests. */
export interface Ticker {
	/** Milliseconds, monotonic. */
	readonly now: () => number;
	/** Calls `tick` every `intervalMs` without keeping the process alive; returns how to stop. */
	readonly every: (intervalMs: number, tick: () => void) => () => void;
}

const systemTicker: Ticker = {
	now: () => performance.now(),
	every: (intervalMs, tick) => {
		const timer = setInterval(tick, intervalMs);
		timer.unref();
		return () => clearInterval(timer);
	},
};

const INTERVAL_MS = 250;
const SAMPLES = 40;

export interface EventLoopWatch {
	read(): EventLoopReport;
	stop(): void;
}

/**
 * Watches how late a timer of 250 ms comes, over the last 10 s. A request that is answered right after a long block sees that block too,
 * because lateness of the sample that is due now counts. `stuckAfterMs`: from which delay on the process counts as unable to serve.
 */
export function watchEventLoop(stuckAfterMs: number, ticker: Ticker = systemTicker, window: DelayWindow = watchDelays()): EventLoopWatch {
	const delays: number[] = [];
	let lastTick = ticker.now();
	let ticks = 0;
	const stop = ticker.every(INTERVAL_MS, () => {
		const now = ticker.now();
		delays.push(Math.max(0, now - lastTick - INTERVAL_MS));
		if (delays.length > SAMPLES) delays.shift();
		lastTick = now;
		ticks += 1;
		if (ticks % (SAMPLES / 2) === 0) window.turn();
	});

	return {
		stop() {
			stop();
			window.stop();
		},
		read() {
			const overdue = Math.max(0, ticker.now() - lastTick - INTERVAL_MS);
			const known = [...delays, overdue];
			const delayMs = Math.max(delays.at(-1) ?? 0, overdue);
			const maxDelayMs = Math.max(...known);
			const p99 = window.p99();
			return {
				delayMs: round(delayMs),
				meanDelayMs: round(known.reduce((sum, delay) => sum + delay, 0) / known.length),
				maxDelayMs: round(maxDelayMs),
				...(p99 === null ? {} : { p99DelayMs: round(p99) }),
				windowMs: INTERVAL_MS * SAMPLES,
				stuckAfterMs,
				stuck: maxDelayMs >= stuckAfterMs,
			};
		},
	};
}

function round(milliseconds: number): number {
	return Math.round(milliseconds * 10) / 10;
}
