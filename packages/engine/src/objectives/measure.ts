/**
 * How much of a time a service was available, from roll-ups. Pure.
 *
 * Each sample speaks for one interval of its monitor. In a minute (or hour) the monitor that saw the most failing counts, so that an outage
 * that two of them see counts once. Time that no sample speaks for is unknown: neither up nor down, and shown as what is missing from the
 * coverage. An answer with a warning is an answer.
 */

/** One monitor in one minute or hour. */
export interface Cell {
	/** Beginning, in milliseconds since the epoch. */
	readonly at: number;
	readonly sizeMs: number;
	readonly everyMs: number;
	/** Samples that told: ok, warn and fail. */
	readonly told: number;
	readonly failed: number;
}

export interface Availability {
	readonly windowMs: number;
	/** Time that samples speak for. */
	readonly knownMs: number;
	readonly downMs: number;
}

export interface TimeWindow {
	readonly from: number;
	/** Exclusive. */
	readonly to: number;
}

export function measure(cells: readonly Cell[], { from, to }: TimeWindow): Availability {
	const known = new Map<number, number>();
	const down = new Map<number, number>();
	for (const { at, sizeMs, everyMs, told, failed } of cells) {
		if (at < from || at >= to || told === 0) continue;
		// What is asked less often than once in a cell speaks for the cells after it too.
		const spoken = Math.min(told * everyMs, Math.max(sizeMs, everyMs));
		known.set(at, Math.max(known.get(at) ?? 0, spoken));
		down.set(at, Math.max(down.get(at) ?? 0, (spoken * failed) / told));
	}
	const windowMs = to - from;
	const knownMs = Math.min(windowMs, sum(known.values()));
	return { windowMs, knownMs, downMs: Math.min(knownMs, sum(down.values())) };
}

function sum(values: Iterable<number>): number {
	let total = 0;
	for (const value of values) total += value;
	return total;
}

/** Share of the window that samples speak for, 0 to 1. */
export function coverageOf({ windowMs, knownMs }: Availability): number {
	return windowMs === 0 ? 0 : knownMs / windowMs;
}

/** How many times faster than allowed the budget is spent; null when less than half of the window is known. */
export function burnOf(availability: Availability, target: number): number | null {
	if (coverageOf(availability) < 0.5) return null;
	return availability.downMs / availability.knownMs / (1 - target);
}
