/** A folder with a configuration, what it watches, and engines beside it. */
import { fork } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';

const here = (/** @type {string} */ name) => fileURLToPath(new URL(name, import.meta.url));

/** @typedef {Awaited<ReturnType<typeof openWorld>>} World */
/** @typedef {ReturnType<World['startEngine']>} EngineProcess */

/**
 * @param {{ pages: number, every: string }} size monitors, each of a page of its own, and how often
 */
export async function openWorld({ pages, every }) {
	const folder = await mkdtemp(join(tmpdir(), 'holdfast-load-'));
	// PostgreSQL runs as another user when root starts it.
	await chmod(folder, 0o755);
	const target = await openTarget();
	const lines = Array.from({ length: pages }, (_, index) => `- [ ] Page ${index} answers <!-- check: http.status path=/${index} -->`);
	await writeFile(join(folder, 'RUNBOOK.md'), `# Bakery\n\n## Monitoring Checklist\n\n${lines.join('\n')}\n`);
	await writeFile(
		join(folder, 'holdfast.yaml'),
		`version: 1
services:
  bakery: {url: "http://127.0.0.1:${target.port}", private: true, runbook: RUNBOOK.md, monitors: {http.status: {every: ${every}}}}
channels: {bench: {kind: webhook, url: {env: BENCH_WEBHOOK}, secret: {env: BENCH_SECRET}}}
notify: [{severity: [critical, major, minor, info], to: [bench], when: always}]
`,
	);
	/** @type {ReturnType<typeof startEngine>[]} */
	const engines = [];
	return {
		folder,
		target,
		startEngine: (/** @type {readonly string[]} */ execArgv = []) => {
			const engine = startEngine(folder, execArgv);
			engines.push(engine);
			return engine;
		},
		findPostgres: () => findPostgres(folder),
		query: (/** @type {string} */ sql, /** @type {unknown[]} */ values = []) => queryOnce(folder, sql, values),
		close: async () => {
			for (const { child } of engines) child.kill('SIGKILL');
			const server = await findPostgres(folder);
			if (server !== null) process.kill(server.pid, 'SIGQUIT');
			target.child.kill('SIGKILL');
			await wait(500);
			await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 200 });
		},
	};
}

async function openTarget() {
	const child = fork(here('./target.mjs'));
	/** @type {{ path: string, status: number, at: number }[]} */
	const answers = [];
	/** @type {(count: number) => void} */
	let onCount = () => undefined;
	const port = await new Promise((resolve) => {
		child.on('message', (/** @type {any} */ message) => {
			if (message.kind === 'port') resolve(message.port);
			else if (message.kind === 'count') onCount(message.answered);
			else answers.push(message);
		});
	});
	return {
		child,
		port: /** @type {number} */ (port),
		/** Since the first path was to fail; emptied by whoever reads. */
		answers,
		/** @param {readonly string[]} paths `*`: all */
		fail: (paths) => child.send({ kind: 'fail', paths }),
		/** @returns {Promise<number>} */
		count: () =>
			new Promise((resolve) => {
				onCount = resolve;
				child.send({ kind: 'count' });
			}),
	};
}

/** @param {string} folder @param {readonly string[]} execArgv */
function startEngine(folder, execArgv) {
	const child = fork(here('./engine.mjs'), [], {
		cwd: folder,
		execArgv: [...execArgv],
		env: { ...withoutDatabase(), BENCH_WEBHOOK: 'http://127.0.0.1:9/', BENCH_SECRET: 'only the bench knows this' },
		silent: true,
	});
	/** @type {{ message: any, at: number }[]} */
	const told = [];
	/** @type {any[]} */
	const events = [];
	let words = '';
	/** @type {((stats: any) => void)[]} */
	const askers = [];
	const ready = new Promise((resolve, reject) => {
		child.on('message', (/** @type {any} */ message) => {
			if (message.kind === 'ready') resolve(null);
			else if (message.kind === 'told') told.push(message);
			else if (message.kind === 'log') events.push(message.event);
			else if (message.kind === 'stats') askers.shift()?.(message.stats);
			else words += `${message.sentence}\n`;
		});
		child.once('exit', (code) => reject(new Error(`the engine ended (${code}) before it was ready:\n${words}`)));
	});
	ready.catch(() => undefined);
	for (const stream of [child.stdout, child.stderr])
		stream?.setEncoding('utf8').on('data', (/** @type {string} */ text) => {
			words += text;
		});
	const ended = new Promise((resolve) => child.once('close', resolve));
	return {
		child,
		ready,
		ended,
		told,
		events,
		words: () => words,
		/** @returns {Promise<import('@holdfast/engine/engine').EngineStats>} */
		stats: () =>
			new Promise((resolve) => {
				askers.push(resolve);
				child.send({ kind: 'stats' });
			}),
		stop: async () => {
			child.send({ kind: 'stop' });
			await ended;
		},
	};
}

/** The bench measures Holdfast with the database that it brings. */
function withoutDatabase() {
	const { DATABASE_URL: _url, DATABASE_URL_FILE: _file, ...rest } = process.env;
	return rest;
}

/** @param {string} folder */
export async function findPostgres(folder) {
	const text = await readFile(join(folder, '.holdfast/postgres/data/postmaster.pid'), 'utf8').catch(() => null);
	const lines = text?.split('\n') ?? [];
	return text === null ? null : { pid: Number(lines[0]), port: Number(lines[3]) };
}

/** @param {string} folder */
export async function urlOf(folder) {
	const found = await findPostgres(folder);
	const password = await readFile(join(folder, '.holdfast/postgres/password'), 'utf8').catch(() => null);
	return found === null || password === null ? null : `postgres://holdfast:${password.trim()}@127.0.0.1:${found.port}/holdfast`;
}

/** @param {string} folder @param {string} sql @param {unknown[]} values @returns {Promise<any[]>} @throws {Error} while it cannot be asked */
export async function queryOnce(folder, sql, values = []) {
	const url = await urlOf(folder);
	if (url === null) throw new Error('there is no database yet');
	const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000, query_timeout: 60_000 });
	client.on('error', () => undefined);
	await client.connect();
	try {
		return (await client.query(sql, values)).rows;
	} finally {
		await client.end().catch(() => undefined);
	}
}
