import { createWriteStream } from 'node:fs';
import { join, relative } from 'node:path';
import { createInterface } from 'node:readline';
import { startGroup, stopGroup } from './child-group.mjs';
import { root } from './root.mjs';

const READY = /^Holdfast (?:watches|takes what applications send)\./;
/** A check that runs is finished, and the database ended in order, before the group is killed. */
const GRACE_MS = 20_000;

/**
 * @typedef {object} RunningWatcher
 * @property {string[]} sentences What it said until it watched.
 * @property {Promise<string>} ended Resolves with one sentence when it ends.
 * @property {() => Promise<void>} stop
 */

/**
 * Starts `holdfast up` and waits until it does its part. Its events go to a file, one JSON object to a line.
 *
 * @param {{ config: string, logFile: string, role?: 'ingest', signal: AbortSignal }} options `role`: this part only; `signal` gives up the waiting and stops it.
 * @returns {Promise<RunningWatcher>}
 * @throws {Error} When it ends before that, with what it said.
 */
export async function startWatcher({ config, logFile, role, signal }) {
	// The part that takes reports comes first; what watches goes on in its log.
	const log = createWriteStream(logFile, { mode: 0o600, flags: role === undefined ? 'a' : 'w' });
	log.on('error', (error) => console.error(`${relative(root, logFile)} cannot be written: ${error.message}`));
	const argv = [
		process.execPath,
		join('apps', 'cli', 'bin', 'holdfast.js'),
		'up',
		'--json',
		'--config',
		config,
		...(role === undefined ? [] : ['--role', role]),
	];
	const child = startGroup(argv, { cwd: root, env: process.env, stdio: ['ignore', 'pipe', 'pipe'] });
	child.stdout?.pipe(log);
	/** @type {string[]} */
	const sentences = [];
	/** @type {Promise<string>} */
	const ended = new Promise((resolve) => {
		child.on('error', (error) => resolve(`Holdfast could not be started: ${error.message}.`));
		child.on('exit', (code, by) => resolve(`Holdfast ended (${by ? `stopped by ${by}` : `code ${code}`}).`));
	});
	const stop = async () => {
		await stopGroup(child.pid, GRACE_MS);
		log.end();
	};
	const watches = new Promise((resolve) => {
		if (child.stderr === null) return;
		createInterface({ input: child.stderr }).on('line', (line) => {
			if (READY.test(line)) resolve(true);
			else sentences.push(line);
		});
	});
	const aborted = new Promise((resolve) => signal.addEventListener('abort', () => resolve(false), { once: true }));
	const outcome = await Promise.race([watches, ended, aborted]);
	if (outcome !== true) {
		await stop();
		throw new Error(typeof outcome === 'string' ? `${outcome}\n${sentences.join('\n')}\nIts log: ${relative(root, logFile)}` : 'Stopped.');
	}
	return { sentences: [...sentences], ended, stop };
}
