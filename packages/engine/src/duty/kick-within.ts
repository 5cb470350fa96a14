/** Turns of a loop that come earlier where something waits that is in a hurry: several that come close together make one turn. */

export interface Hurry {
	/** A turn begins within this time, in milliseconds; one that is planned earlier stands. */
	readonly within: (ms: number) => void;
	readonly stop: () => void;
}

export function createHurry(kick: () => void, elapsed: () => number): Hurry {
	let timer: NodeJS.Timeout | null = null;
	let at = Number.POSITIVE_INFINITY;
	const stop = (): void => {
		if (timer !== null) clearTimeout(timer);
		timer = null;
		at = Number.POSITIVE_INFINITY;
	};
	return {
		within: (ms) => {
			const wanted = elapsed() + ms;
			if (timer !== null && at <= wanted) return;
			stop();
			at = wanted;
			timer = setTimeout(() => {
				stop();
				kick();
			}, ms);
		},
		stop,
	};
}
