/** Starts the healthy application as a process of its own, so that it does not share a thread with what is measured. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { startHealthyApp } from './healthy-app.mjs';

const file = fileURLToPath(import.meta.url);
const delayVariable = 'HOLDFAST_BENCH_DELAY_MS';

/**
 * @param {number} delayMs before each answer
 * @returns {Promise<{ url: string, stop: () => Promise<void> }>}
 */
export async function startApp(delayMs) {
	const child = fork(file, { env: { ...process.env, [delayVariable]: String(delayMs) } });
	const [message] = await Promise.race([once(child, 'message'), once(child, 'exit').then(([code]) => failStart(code))]);
	return {
		url: message.url,
		stop: async () => {
			const ended = once(child, 'exit');
			child.disconnect();
			await ended;
		},
	};
}

/** @param {number | null} code @returns {never} */
function failStart(code) {
	throw new Error(`expected the application of the bench to start, it ended with code ${code}`);
}

// The child's half: it ends with its parent, because the channel between them closes.
if (process.send !== undefined && process.argv[1] === file) {
	const app = await startHealthyApp(Number(process.env[delayVariable]));
	process.once('disconnect', () => void app.stop());
	process.send({ url: app.url });
}
