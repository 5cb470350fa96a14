import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { collectLines } from './collect-lines.mjs';

const STOP_WITHIN_MS = 6000;

/**
 * @typedef {object} WorldProcess
 * @property {number} pid
 * @property {Promise<string>} ended Resolves with one sentence when it ends.
 * @property {() => Promise<void>} stop Asks it to end, kills it after 6 s; returns when it is gone.
 * @property {(signal: NodeJS.Signals) => void} signal Sends a signal, for example SIGSTOP.
 */

/**
 * Starts a script of this world as a process of its own and waits until it says `{ready: true}` over its channel. It ends when this process
 * does, because the channel closes. What it prints goes to `logFile` (mode 0600), one JSON object a line.
 *
 * @param {{ script: string, args?: readonly string[], env: Readonly<Record<string, string | undefined>>, cwd: string, logFile: string, readyWithinMs?: number }} options
 * @returns {Promise<WorldProcess>}
 * @throws {Error} When it ends, or does not become ready in time, with the last lines that it printed.
 */
export async function startProcess({ script, args = [], env, cwd, logFile, readyWithinMs = 60_000 }) {
	const child = spawn(process.execPath, [script, ...args], {
		cwd,
		env: /** @type {NodeJS.ProcessEnv} */ (env),
		stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
	});
	const log = createWriteStream(logFile, { flags: 'a', mode: 0o600 });
	/** @type {string[]} */
	const tail = [];
	const keep = (/** @type {string} */ line) => {
		log.write(`${line}\n`);
		tail.push(line);
		if (tail.length > 20) tail.shift();
	};
	collectLines(/** @type {import('node:stream').Readable} */ (child.stdout), 'info', keep);
	collectLines(/** @type {import('node:stream').Readable} */ (child.stderr), 'error', keep);
	/** @type {Promise<string>} */
	const ended = new Promise((resolve) => {
		child.once('error', (cause) => resolve(`could not be started: ${cause.message}`));
		child.once('close', (code, by) => {
			log.end();
			resolve(by === null ? `ended with code ${code}` : `was ended by ${by}`);
		});
	});
	const stop = async () => {
		if (child.exitCode !== null || child.signalCode !== null) return;
		child.kill('SIGCONT');
		child.kill('SIGTERM');
		const timer = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS);
		await ended;
		clearTimeout(timer);
	};
	/** @type {NodeJS.Timeout | undefined} */
	let timer;
	const problem = await Promise.race([
		new Promise((resolve) =>
			child.on('message', (message) => (/** @type {{ ready?: unknown }} */ (message).ready === true ? resolve(null) : undefined)),
		),
		ended,
		new Promise((resolve) => {
			timer = setTimeout(() => resolve(`was not ready within ${readyWithinMs / 1000} s`), readyWithinMs);
		}),
	]);
	clearTimeout(timer);
	if (problem !== null) {
		await stop();
		throw new Error(`${script} ${problem}.\n${tail.join('\n')}`);
	}
	return { pid: child.pid ?? 0, ended, stop, signal: (signal) => void child.kill(signal) };
}
