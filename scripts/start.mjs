/**
 * `npm start`: from a fresh clone to a running example that is diagnosed and watched. Installs and builds what is missing, starts the shop,
 * diagnoses it, well or not, starts `holdfast up` on it, and stays until Ctrl-C; then stops everything it started. `--once` (or
 * HOLDFAST_START_ONCE=1) ends after the diagnosis with its exit code. `--data DIR` is a folder for secrets, data and logs in place of the
 * example's own; `--config FILE` a configuration in place of the example's, whose addresses and paths it has; `--no-build` takes what is built.
 * PORT names the port to begin with (default 3000). What the surroundings say about a variable of the shop wins: that is how it is broken.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { findFreePort } from './steps/free-port.mjs';
import { ensureInstalled } from './steps/installation.mjs';
import { requireNode } from './steps/node-version.mjs';
import { createProgress, formatSeconds } from './steps/progress.mjs';
import { root } from './steps/root.mjs';
import { runCommand } from './steps/run-command.mjs';
import { startShop } from './steps/running-shop.mjs';
import { startWatcher } from './steps/running-watcher.mjs';
import { ensureShopBuilt } from './steps/shop-build.mjs';
import { tool } from './steps/verify-steps.mjs';

const DEFAULT_PORT = 3000;
const EXAMPLE = 'examples/shop/holdfast.yaml';
const DATA = 'examples/shop/.data';
const RUNBOOK = 'examples/shop/RUNBOOK.md';
const INTERRUPTED = 130;
const USAGE = 2;
/** 0 well, 1 something failed, 3 could not be told: each is a diagnosis. Anything else means that none was made. */
const DIAGNOSED = new Set([0, 1, 3]);

requireNode();
const options = readOptions();
const once = options.once || Boolean(process.env.HOLDFAST_START_ONCE);
const progress = createProgress();
const logs = options.data === undefined ? join(root, '.holdfast', 'logs') : join(resolve(options.data), 'logs');
/** Of the deployment that runs. */
const config = join(options.data === undefined ? DATA : resolve(options.data), 'holdfast.yaml');
const stopping = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => stopping.abort());

try {
	process.exitCode = await start();
} catch (error) {
	if (stopping.signal.aborted) process.exitCode = INTERRUPTED;
	else {
		console.error(error instanceof Error ? error.message : String(error));
		process.exitCode = 1;
	}
}

/** @returns {Promise<number>} Exit code. */
async function start() {
	const startedAt = performance.now();
	const { signal } = stopping;
	const first = readPort();
	if (first === null) return USAGE;
	await ensureInstalled(progress, join(logs, 'install.log'), signal);
	if (!options['no-build']) await build(signal);
	const port = await findFreePort(first);
	if (port !== first) progress.say(`Port ${first} is taken; the shop uses ${port}.`);
	const logFile = join(logs, 'shop.log');
	const shop = await progress.step('Start the shop', () =>
		startShop({ port, logFile, data: options.data, config: options.config, isAlone: once, signal }),
	);
	const isWell = shop.condition.state === 'well';
	if (!isWell) progress.say(`${shop.condition.sentence} Asking the runbook why.`);
	/** @type {import('./steps/running-watcher.mjs').RunningWatcher | undefined} */
	let watcher;
	try {
		// The shop reports its errors to Holdfast: without anybody there, a browser would see refused requests.
		if (!once) watcher = await beginHoldfast('Start Holdfast', { role: 'ingest', signal });
		const code = await diagnose();
		if (!DIAGNOSED.has(code)) throw new Error(`No diagnosis was made: \`holdfast diagnose\` ended with code ${code}.`);
		console.log('');
		for (const line of shop.lines) console.log(line);
		if (once) {
			console.log(
				`Done in ${formatSeconds(performance.now() - startedAt)}; the shop is stopped. npm start alone keeps it running and watches it.`,
			);
			return code;
		}
		if (watcher !== undefined) {
			await watcher.stop();
			watcher = await beginHoldfast('Watch the shop', { signal });
		}
		for (const sentence of watcher?.sentences ?? []) console.log(sentence);
		const took = formatSeconds(performance.now() - startedAt);
		console.log(isWell ? `Ready in ${took}.` : `Running after ${took}, and not well: the diagnosis above says why.`);
		for (const line of describeNext()) console.log(line);
		const why = await Promise.race([shop.ended, aborted(signal), ...(watcher === undefined ? [] : [watcher.ended])]);
		if (why === null) {
			progress.say('Stopping …');
			return 0;
		}
		console.error(`${why} Its log: ${relative(root, logFile)}, ${relative(root, join(logs, 'holdfast.log'))}`);
		return 1;
	} finally {
		await watcher?.stop();
		await shop.stop();
	}
}

/**
 * A shop that cannot be watched is there to be looked at all the same.
 * @param {string} name
 * @param {{ role?: 'ingest', signal: AbortSignal }} options
 */
async function beginHoldfast(name, { role, signal }) {
	try {
		return await progress.step(name, () =>
			startWatcher({ config, logFile: join(logs, 'holdfast.log'), signal, ...(role === undefined ? {} : { role }) }),
		);
	} catch (error) {
		if (signal.aborted) throw error;
		console.error(`The shop runs and is not watched. ${error instanceof Error ? error.message : String(error)}`);
		return undefined;
	}
}

/** @param {AbortSignal} signal */
async function build(signal) {
	await progress.step('Build the packages and the CLI', () =>
		runCommand([tool('tsc'), '-b', 'apps/cli', '--pretty', 'false'], { logFile: join(logs, 'build.log'), signal }),
	);
	await ensureShopBuilt(progress, join(logs, 'shop-build.log'), signal);
}

/** @returns {string[]} What can be typed now. */
function describeNext() {
	const at = `--config ${config}`;
	return [
		'Ctrl-C stops everything. In another terminal:',
		`  npx holdfast status ${at}`,
		`  npx holdfast diagnose ${at}`,
		`  npx holdfast dev break convex-down${options.data === undefined ? '' : ` ${at}`}`,
	];
}

/**
 * @returns {Promise<number>} Exit code of the CLI.
 */
function diagnose() {
	const absent = [EXAMPLE, RUNBOOK].find((file) => !existsSync(join(root, file)));
	if (absent !== undefined) throw new Error(`${absent} is missing: this is not a whole checkout.`);
	console.log('');
	const argv = [join('apps', 'cli', 'bin', 'holdfast.js'), 'diagnose', '--config', config];
	const child = spawn(process.execPath, argv, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], signal: stopping.signal });
	return new Promise((resolve, reject) => {
		child.on('error', reject);
		child.on('exit', (code) => resolve(code ?? INTERRUPTED));
	});
}

function readOptions() {
	try {
		return parseArgs({
			options: {
				once: { type: 'boolean', default: false },
				data: { type: 'string' },
				config: { type: 'string' },
				'no-build': { type: 'boolean', default: false },
			},
		}).values;
	} catch (error) {
		console.error(
			`${error instanceof Error ? error.message : String(error)}\nusage: npm start -- [--once] [--data DIR] [--config FILE] [--no-build]`,
		);
		process.exit(USAGE);
	}
}

/** @returns {number | null} Null when PORT is no port; then the reason has been printed. */
function readPort() {
	const given = process.env.PORT;
	if (given === undefined || given === '') return DEFAULT_PORT;
	const port = Number(given);
	if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
	console.error(`PORT=${given}: expected a whole number from 1 to 65535, for example PORT=3100.`);
	return null;
}

/**
 * @param {AbortSignal} signal
 * @returns {Promise<null>}
 */
function aborted(signal) {
	return new Promise((resolve) => {
		if (signal.aborted) resolve(null);
		else signal.addEventListener('abort', () => resolve(null), { once: true });
	});
}
