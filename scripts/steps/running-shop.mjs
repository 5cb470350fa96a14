import { createWriteStream, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { startGroup, stopGroup } from './child-group.mjs';
import { root } from './root.mjs';
import { waitForCondition } from './shop-condition.mjs';

const STARTER = join('bench', 'faults', 'serve.mjs');
const TAIL_LINES = 20;

/**
 * @typedef {object} RunningShop
 * @property {string} url Where it answers; its starter takes the next free port when the wanted one is taken.
 * @property {string[]} lines What its starter told the person: URL, sign-in.
 * @property {import('./shop-condition.mjs').ShopCondition} condition How it turned out: `well`, `unwell` or `silent`.
 * @property {Promise<string>} ended Resolves with one sentence when it ends.
 * @property {() => Promise<void>} stop Stops it and everything it started.
 */

/**
 * Starts the built example shop and waits until it is known how it turned out: a shop that is not well runs on, so that it can be diagnosed.
 *
 * @param {{ port: number, logFile: string, data?: string | undefined, config?: string | undefined, isAlone?: boolean, signal: AbortSignal }} options `data` is a folder of its own; `config` is written from in place of the example's configuration; `isAlone`: no Holdfast will run that it could report to; `signal` gives up the waiting and stops what was started.
 * @returns {Promise<RunningShop>}
 * @throws {Error} When it ends before it answers, or never comes to listen; with the end of its output.
 */
export async function startShop({ port, logFile, data, config, isAlone = false, signal }) {
	mkdirSync(dirname(logFile), { recursive: true, mode: 0o700 });
	const log = createWriteStream(logFile, { mode: 0o600 });
	const argv = [
		process.execPath,
		STARTER,
		'--port',
		String(port),
		...(data === undefined ? [] : ['--data', resolve(data)]),
		...(config === undefined ? [] : ['--config', resolve(config)]),
		...(isAlone ? ['--alone'] : []),
	];
	const child = startGroup(argv, {
		cwd: root,
		env: { ...process.env, PORT: String(port), NEXT_TELEMETRY_DISABLED: '1' },
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	/** @type {string[]} */
	const lines = [];
	/** @type {string | undefined} */
	let url;
	let isSettled = false;
	for (const stream of [child.stdout, child.stderr]) {
		if (!stream) continue;
		createInterface({ input: stream }).on('line', (line) => {
			const forLog = line.startsWith('{');
			if (!forLog && stream === child.stdout) url ??= findUrl(line);
			// From the address on until it has settled, the starter speaks to the person: also the password of the demo account, which no log may hold.
			if (stream === child.stdout && url !== undefined && !isSettled && !forLog) lines.push(line);
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

	const condition = await waitForCondition({ url: () => url, end: () => end, signal });
	if (url === undefined || condition.state === 'ended' || condition.state === 'aborted') {
		await stop();
		throw new Error(`${condition.sentence} The end of its output:\n\n${readTail(logFile)}\n\nAll of it: ${relative(root, logFile)}`);
	}
	isSettled = true;
	return { url, lines: [...lines], condition, ended, stop };
}

/**
 * @param {string} line
 * @returns {string | undefined} The first http(s) origin in it.
 */
export function findUrl(line) {
	const found = /https?:\/\/[^\s"'<>]+/.exec(line)?.[0];
	return found !== undefined && URL.canParse(found) ? new URL(found).origin : undefined;
}

/** @param {string} file */
function readTail(file) {
	return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-TAIL_LINES).join('\n');
}
