import { createInterface } from 'node:readline';

const SAME_MESSAGE_MS = 20;

/**
 * Turns what a process prints into one JSON object a line: lines that are JSON pass as they are, others become records of their own, and a
 * message of several lines (an error and its stack) becomes one.
 *
 * @param {import('node:stream').Readable} stream
 * @param {'info' | 'error'} level Of lines that do not say it themselves.
 * @param {(line: string) => void} keep
 */
export function collectLines(stream, level, keep) {
	/** @type {string[]} */
	let message = [];
	/** @type {NodeJS.Timeout | undefined} */
	let timer;
	const flush = () => {
		clearTimeout(timer);
		if (message.length > 0) {
			const [first = '', ...rest] = message;
			keep(
				JSON.stringify({
					at: new Date().toISOString(),
					level,
					event: 'output',
					message: first,
					...(rest.length > 0 ? { detail: rest.join('\n') } : {}),
				}),
			);
		}
		message = [];
	};
	createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY })
		.on('line', (line) => {
			if (line.startsWith('{"')) {
				flush();
				keep(line);
			} else if (line.trim() !== '') {
				message.push(line);
				clearTimeout(timer);
				timer = setTimeout(flush, SAME_MESSAGE_MS);
			}
		})
		.on('close', flush);
}
