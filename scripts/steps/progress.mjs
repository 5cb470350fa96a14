/**
 * Shows which step is running and for how long.
 *
 * On a terminal the running step is one live line with its seconds. Elsewhere (CI, a file) every step is a plain line when it
 * begins and when it ends, and one more each 20 s, so that a long silence never looks like a hang.
 */

const LIVE_INTERVAL_MS = 200;
const PLAIN_INTERVAL_MS = 20_000;

/**
 * @typedef {{ write: (text: string) => unknown, isTTY?: boolean, columns?: number }} Sink
 * @typedef {object} Progress
 * @property {<T>(name: string, run: () => Promise<T>) => Promise<T>} step Runs `run` and shows it; what it throws is passed on.
 * @property {(text: string) => void} say One line of words.
 */

/**
 * @param {{ sink?: Sink, now?: () => number }} [options] `now` in milliseconds, monotonic.
 * @returns {Progress}
 */
export function createProgress({ sink = process.stderr, now = () => performance.now() } = {}) {
	const live = sink.isTTY === true;
	/** @param {string} text */
	const say = (text) => void sink.write(`${text}\n`);

	return {
		say,
		async step(name, run) {
			const startedAt = now();
			const elapsed = () => formatSeconds(now() - startedAt);
			if (!live) say(`${name} …`);
			const timer = setInterval(
				() => {
					if (live) sink.write(`\r\u001b[2K${cut(`… ${name}  ${elapsed()}`, sink.columns)}`);
					else say(`${name}: still at it after ${elapsed()}`);
				},
				live ? LIVE_INTERVAL_MS : PLAIN_INTERVAL_MS,
			);
			timer.unref();
			let word = 'failed after';
			try {
				const result = await run();
				word = 'done in';
				return result;
			} finally {
				clearInterval(timer);
				if (live) sink.write('\r\u001b[2K');
				say(`${name}: ${word} ${elapsed()}`);
			}
		},
	};
}

/**
 * @param {number} ms Milliseconds.
 * @returns {string} `0.4 s`, `12.3 s`, `2 min 05 s`.
 */
export function formatSeconds(ms) {
	const seconds = ms / 1000;
	if (seconds < 60) return `${seconds.toFixed(1)} s`;
	const whole = Math.round(seconds);
	return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s`;
}

/**
 * A line longer than the terminal would wrap, and then could not be rewritten in place.
 * @param {string} text
 * @param {number | undefined} columns
 */
function cut(text, columns = 80) {
	return text.length < columns ? text : text.slice(0, columns - 1);
}
