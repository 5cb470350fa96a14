/** When a monitor runs next, and what of its schedule was missed. Pure. */

export interface Slot {
	/** When it was due, in milliseconds since the epoch by the clock of the database, as every time here. */
	readonly dueAt: number;
	readonly everyMs: number;
	/** Nobody has looked before: the runs after this one are spread over the interval. */
	readonly isFirst: boolean;
}

export interface NextSlot {
	readonly dueAt: number;
	/** Ticks between that nobody started. */
	readonly missed: number;
}

/**
 * No drift: `due + k · every`, the first after `now`; the k − 1 ticks that lie between are missed. The first run sets the phase.
 * @param share 0 up to 1: where in the interval the monitor's phase lies
 */
export function nextSlot({ dueAt, everyMs, isFirst }: Slot, now: number, share: number): NextSlot {
	if (isFirst) {
		// Evenly: what would come again at once waits for its place in the next interval.
		const place = everyMs * share;
		return { dueAt: Math.round(now + (place < Math.min(1000, everyMs / 2) ? place + everyMs : place)), missed: 0 };
	}
	const steps = Math.max(1, Math.floor((now - dueAt) / everyMs) + 1);
	return { dueAt: dueAt + steps * everyMs, missed: steps - 1 };
}

/** Where in its interval a monitor runs: the same on every engine, evenly spread over their numbers (golden ratio, Knuth 6.4). */
export function phaseOf(monitorId: number): number {
	return (monitorId * 0.618_033_988_749_895) % 1;
}

/**
 * How late a run began after the last tick before it, in whole milliseconds; before its time is not late. Ticks before that one are missed,
 * and counted as such: an hour in which nobody watched is no lateness of the run that ends it.
 */
export function lateness(dueAt: number, startedAt: number, everyMs: number): number {
	return Math.max(0, Math.round(startedAt - dueAt)) % everyMs;
}

/** The clock was set back, or what stands there is no due date: nothing is due later than one interval from now. */
export function isTooFarAhead({ dueAt, everyMs }: Pick<Slot, 'dueAt' | 'everyMs'>, now: number): boolean {
	return dueAt > now + everyMs;
}
