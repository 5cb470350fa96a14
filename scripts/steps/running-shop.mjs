import { createWriteStream, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { startGroup, stopGroup } from './child-group.mjs';
import { root } from './root.mjs';

const STARTER = join('examples', 'shop', 'scripts', 'start.mjs');
const HEALTHY_WITHIN_MS = 60_000;
const ASK_EVERY_MS = 200;
const ASK_FOR_AT_MOST_MS = 2_000;
const TAIL_LINES = 20;

/**
 * @typedef {object} RunningShop
 * @property {string} url Where it answers; its starter takes the next free port when the wanted one is taken.
 * @property {string[]} lines What its starter told the person: URL, sign-in.
 * @property {Promise<string>} ended Resolves with one sentence when it ends.
 * @property {() => Promise<void>} stop Stops it and everything it started.
 */

/**
 * Starts the built example shop and waits until its health endpoint says 200.
 *
 * @param {{ port: number, logFile: string, signal: AbortSignal }} options `signal` gives up the waiting and stops what was started.
 * @returns {Promise<RunningShop>}
 * @throws {Error} When it ends before it is healthy, or is not healthy within 60 s; with the end of its output.
 */
export async function startShop({ port, logFile, signal }) {
	mkdirSync(dirname(logFile), { recursive: true });
	const log = createWriteStream(logFile, { mode: 0o600 });
	const child = startGroup([process.execPath, STARTER, '--port', String(port)], {
		cwd: root,
		env: { ...process.env, PORT: String(port), NEXT_TELEMETRY_DISABLED: '1' },
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	/** @type {string[]} */
	const lines = [];
	/** @type {string | undefined} */
	let url;
	let healthy = false;
	for (const stream of [child.stdout, child.stderr]) {
		if (!stream) continue;
		createInterface({ input: stream }).on('line', (line) => {
			const forLog = line.startsWith('{');
			if (!forLog) url ??= findUrl(line);
			// From the address on until it is healthy, the starter speaks to the person: also the password of the demo account, which no log may hold.
			if (stream === child.stdout && url !== undefined && !healthy && !forLog) lines.push(line);
			else log.write(`${line}\n`);
		});
	}
	/** @type {Promise<string>} */
	const ended = new Promise((resolve) => {
		child.on('error', (error) => resolve(`The shop could not be started: ${error.message}.`));
		child.on('exit', (code, by) => resolve(`The shop ended (${by ? `stopped by ${by}` : `code ${code}`}).`));
	});
	const stop = async () => {
		await stopGroup(child.pid);
		log.end();
	};
	let end = '';
	void ended.then((sentence) => {
		end = sentence;
	});

	const deadline = performance.now() + HEALTHY_WITHIN_MS;
	while (!(url !== undefined && (await isHealthy(url)))) {
		const problem = end || (performance.now() > deadline ? `The shop was not healthy within ${HEALTHY_WITHIN_MS / 1000} s.` : '');
		if (problem || signal.aborted) {
			await stop();
			throw new Error(`${problem || 'Stopped.'} The end of its output:\n\n${readTail(logFile)}\n\nAll of it: ${relative(root, logFile)}`);
		}
		await wait(ASK_EVERY_MS);
	}
	healthy = true;
	return { url, lines: [...lines], ended, stop };
}

/**
 * @param {string} line
 * @returns {string | undefined} The first http(s) origin in it.
 */
export function findUrl(line) {
	const found = /https?:\/\/[^\s"'<>]+/.exec(line)?.[0];
	return found !== undefined && URL.canParse(found) ? new URL(found).origin : undefined;
}

/** @param {string} url */
async function isHealthy(url) {
	try {
		const response = await fetch(`${url}/api/health`, { signal: AbortSignal.timeout(ASK_FOR_AT_MOST_MS), redirect: 'manual' });
		await response.body?.cancel();
		return response.status === 200;
	} catch {
		// Not listening yet, or not answering yet: asked again until the deadline.
		return false;
	}
}

/** @param {string} file */
function readTail(file) {
	return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-TAIL_LINES).join('\n');
}
