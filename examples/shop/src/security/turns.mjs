/** Too many wait already: whoever asks now is told when to come back. */
export class BusyError extends Error {
	/** @override */
	name = 'BusyError';

	/** @param {number} seconds How long what waits now will take, at least 1. */
	constructor(seconds) {
		super(`too many wait already; expected to be through in ${seconds} s`);
		this.seconds = seconds;
	}
}

/** @typedef {{ work: () => Promise<void>, who: string | null }} Waiting */

const MAX_SECONDS = 120;

/**
 * Does one piece of work at a time, in turns between lanes: whoever fills one lane makes the others wait for one piece of work, not for the lane.
 * Each lane holds a bounded number that wait, and of those only a few for the same visitor.
 *
 * @template {string} Lane
 * @param {Readonly<Record<Lane, number>>} lanes How many may wait in each.
 * @param {{ perVisitor?: number, now?: () => number }} [options] `perVisitor`: how many may wait in a lane for one visitor. `now` in milliseconds.
 * @returns {{ run: <T>(lane: Lane, who: string | null, work: () => Promise<T>) => Promise<T>, waitingCount: (lane: Lane) => number }} `run` rejects
 * with BusyError when the lane, or the visitor's part of it, is full; `who` null is a visitor who cannot be told from others and has no part.
 */
export function createTurns(lanes, { perVisitor = 4, now = () => performance.now() } = {}) {
	const names = /** @type {Lane[]} */ (Object.keys(lanes));
	const waiting = /** @type {Record<Lane, Waiting[]>} */ (Object.fromEntries(names.map((name) => [name, /** @type {Waiting[]} */ ([])])));
	/** Lane that comes next when it has something. */
	let next = 0;
	let isRunning = false;
	/** Smoothed, so that the answer to "when" follows the machine. */
	let usualMs = 300;

	/** @returns {Waiting | undefined} */
	const take = () => {
		for (let step = 0; step < names.length; step++) {
			const name = names[(next + step) % names.length];
			const first = name === undefined ? undefined : waiting[name].shift();
			if (first === undefined) continue;
			next = (next + step + 1) % names.length;
			return first;
		}
		return undefined;
	};
	const drain = async () => {
		if (isRunning) return;
		isRunning = true;
		for (let job = take(); job !== undefined; job = take()) {
			const from = now();
			await job.work();
			usualMs = usualMs * 0.8 + (now() - from) * 0.2;
		}
		isRunning = false;
	};
	return {
		run(lane, who, work) {
			const queue = waiting[lane];
			const isFull = queue.length >= lanes[lane] || (who !== null && queue.filter((job) => job.who === who).length >= perVisitor);
			if (isFull) {
				const ahead = names.reduce((sum, name) => sum + Math.min(waiting[name].length, queue.length), 1);
				return Promise.reject(new BusyError(Math.min(MAX_SECONDS, Math.max(1, Math.ceil((ahead * usualMs) / 1000)))));
			}
			return new Promise((resolve, reject) => {
				queue.push({ who, work: () => Promise.resolve().then(work).then(resolve, reject) });
				void drain();
			});
		},
		waitingCount: (lane) => waiting[lane].length,
	};
}
