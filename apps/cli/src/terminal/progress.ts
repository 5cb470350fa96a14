import type { Io } from '../io.ts';
import { formatDuration } from './format-duration.ts';
import { makePrintable } from './printable.ts';
import { cutWidth } from './text-width.ts';

export interface Progress {
	/** What is going on now, in a few words. */
	readonly say: (words: string) => void;
	readonly stop: () => void;
}

const QUIET_MS = 1000;
const EVERY_MS = 200;

/** A line on the terminal, rewritten in place, for what takes more than a second; nothing at all where there is no terminal. */
export function startProgress(io: Io, firstWords: string): Progress {
	if (!io.stderrIsTerminal) return { say: () => undefined, stop: () => undefined };
	const startedAt = performance.now();
	let words = firstWords;
	let shown = false;
	const timer = setInterval(() => {
		const elapsedMs = performance.now() - startedAt;
		if (elapsedMs < QUIET_MS) return;
		shown = true;
		io.stderr(`\r\u001b[K${cutWidth(`${makePrintable(words)} · ${formatDuration(elapsedMs)}`, io.columns - 1)}`);
	}, EVERY_MS);
	timer.unref();
	return {
		say: (next) => {
			words = next;
		},
		stop: () => {
			clearInterval(timer);
			if (shown) io.stderr('\r\u001b[K');
		},
	};
}
