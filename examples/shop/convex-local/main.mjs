import { AsyncLocalStorage } from 'node:async_hooks';
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { WebSocketServer } from 'ws';
import { createArchive } from './archive.mjs';
import { openDatabase, openSettings, tally } from './database.mjs';
import { createExecutor } from './execute.mjs';
import { loadFunctions } from './functions.mjs';
import { serveApi, serveSite } from './http.mjs';
import { serveSync } from './sync.mjs';

/**
 * Starts a deployment on this machine that the official client and CLI can talk to. Rejects when a port is taken or the functions do not build.
 * @param {{ port?: number, sitePort?: number, dataDir?: string, dataFile?: string, adminKey?: string, functionsDir: string, log?: (line: unknown) => void,
 *   env?: Record<string, string>, redact?: boolean, concurrency?: number, name?: string }} options
 *   redact: hide the words of application errors from clients, as production does (default yes); concurrency: functions at a time (default 16, class S16)
 */
export async function startConvexLocal({
	port = 3210,
	sitePort = 3211,
	dataFile,
	dataDir = dataFile ? path.dirname(dataFile) : '.convex-local',
	functionsDir,
	adminKey,
	env = {},
	redact = true,
	concurrency = 16,
	name = 'convex-local',
	log = () => {},
}) {
	mkdirSync(dataDir, { recursive: true, mode: 0o700 });
	const file = dataFile ?? path.join(dataDir, 'documents.jsonl');
	const key = adminKey || ownKey(path.join(dataDir, 'admin-key'), name);
	const settings = openSettings(`${file}.env.json`, { ...env });
	const state = openSettings(`${file}.state.json`, { system: 'none', user: 'none', limits: [] });
	const usage = openSettings(`${file}.usage.json`, { functionCalls: 0 });
	const out = path.join(dataDir, '.bundle');
	rmSync(out, { recursive: true, force: true });
	const say = (/** @type {string} */ level, /** @type {unknown[]} */ values) =>
		tally.getStore()?.lines.push({
			level,
			messages: values.map((it) => (typeof it === 'string' ? `'${it}'` : (JSON.stringify(it) ?? String(it)))),
			timestamp: Date.now(),
		});
	const loaded = await loadFunctions(path.resolve(functionsDir), path.resolve(out), settings.value, say);
	/** @type {Set<() => void>} */
	const subscribers = new Set();
	let ticks = Date.now() * 1000;
	const announce = () => {
		for (const tell of subscribers) tell();
	};
	const database = openDatabase(loaded.engine.DatabaseFake, file, announce);
	const [test, inWorld] = await new AsyncLocalStorage().run(undefined, async () => {
		const made = loaded.engine.convexTest(loaded.schema, loaded.modules);
		return [made, AsyncLocalStorage.snapshot()];
	});
	await inWorld(() => test.run(async () => null));
	/** @type {any} */
	const d = {
		...loaded,
		test,
		inWorld,
		database,
		settings,
		state,
		usage,
		subscribers,
		announce,
		redact,
		concurrency,
		name,
		env: settings.value,
		version: 'convex-local',
		url: '',
		siteUrl: '',
		clock: () => ++ticks,
		within: (/** @type {any} */ record, /** @type {() => any} */ work) => inWorld(() => tally.run(record, work)),
		isAdmin: (/** @type {string} */ given) => {
			const [left, right] = [Buffer.from(given.trim()), Buffer.from(key)];
			return left.length === right.length && timingSafeEqual(left, right);
		},
	};
	d.executor = createExecutor(d);
	d.archive = createArchive(d);
	const api = createServer((request, response) => void serveApi(d, request, response));
	const site = createServer((request, response) => void serveSite(d, request, response, request.url ?? '/'));
	const sockets = new WebSocketServer({ noServer: true });
	api.on('upgrade', (request, socket, head) => {
		if (!/^\/api\/([^/]+\/)?sync$/.test((request.url ?? '').replace(/\?.*/, ''))) return void socket.destroy();
		sockets.handleUpgrade(request, socket, head, (it) => serveSync(d, it));
	});
	d.url = await listen(api, port);
	d.siteUrl = await listen(site, sitePort);
	// Of the system, so that they are neither listed nor stored.
	for (const [variable, value] of [
		['CONVEX_CLOUD_URL', d.url],
		['CONVEX_SITE_URL', d.siteUrl],
	])
		Object.defineProperty(d.env, variable, { value, enumerable: false, configurable: true });
	log({ event: 'convex-local.ready', url: d.url, siteUrl: d.siteUrl });
	return {
		url: d.url,
		siteUrl: d.siteUrl,
		adminKey: key,
		/** Ends all connections; the data is on the disk already. */
		async stop() {
			for (const socket of sockets.clients) socket.terminate();
			for (const server of [api, site]) {
				server.closeAllConnections();
				await new Promise((done) => server.close(done));
			}
			usage.save();
			database.close();
		},
	};
}

/** @param {import('node:http').Server} server @param {number} port @returns {Promise<string>} */
const listen = (server, port) =>
	new Promise((done, fail) => {
		server.once('error', fail);
		server.listen(port, '127.0.0.1', () =>
			done(`http://127.0.0.1:${/** @type {import('node:net').AddressInfo} */ (server.address()).port}`),
		);
	});

/** The key kept in a file of mode 0600, made on the first start. @param {string} file @param {string} name */
function ownKey(file, name) {
	if (!existsSync(file)) writeFileSync(file, `${name}|${randomBytes(32).toString('hex')}\n`, { mode: 0o600 });
	return readFileSync(file, 'utf8').trim();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
	const { values } = parseArgs({
		options: { port: { type: 'string' }, 'site-port': { type: 'string' }, data: { type: 'string' }, functions: { type: 'string' } },
	});
	const it = await startConvexLocal({
		port: Number(values.port ?? 3210),
		sitePort: Number(values['site-port'] ?? 3211),
		dataDir: values.data ?? '.convex-local',
		functionsDir: values.functions ?? 'convex',
	});
	process.stdout.write(`${JSON.stringify({ ready: true, url: it.url, siteUrl: it.siteUrl })}\n`);
	for (const signal of ['SIGTERM', 'SIGINT']) process.once(signal, () => void it.stop().then(() => process.exit(0)));
}
