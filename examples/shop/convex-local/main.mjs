import { AsyncLocalStorage } from 'node:async_hooks';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createArchive } from './archive/archive.mjs';
import { openDatabase } from './data/database.mjs';
import { openSettings } from './data/settings.mjs';
import { loadFunctions } from './engine/load-functions.mjs';
import { startEngine } from './engine/start-engine.mjs';
import { addLogLine } from './functions/begin-execution.mjs';
import { callFunction } from './functions/call-function.mjs';
import { createFunctionLog } from './functions/function-log.mjs';
import { createPermits } from './functions/permits.mjs';
import { createQueryCache } from './functions/query-cache.mjs';
import { resumeScheduled } from './functions/scheduled.mjs';
import { createStateSwitch, runningState } from './functions/state-switch.mjs';
import { createUsageMeter, noUsage } from './functions/usage-meter.mjs';
import { watchCalls } from './functions/watch-calls.mjs';
import { isSameKey, ownAdminKey } from './http/admin-key.mjs';
import { listenForClients } from './http/listen-for-clients.mjs';
import { writtenBytesPerSecond } from './limits.mjs';
import { knownFailures } from './refusal.mjs';

/** @import { Deployment } from './deployment.d.ts' */
/** @import { Execution, Origin } from './functions/functions.d.ts' */

/** A deployment says which version of the backend it runs; this one says what it is. */
const VERSION = 'convex-local';

/**
 * @typedef {object} Options
 * @property {string} functionsDir The application's `convex` folder.
 * @property {number} [port] 3210; 0 takes a free one.
 * @property {number} [sitePort] Of the HTTP actions; 3211.
 * @property {string} [dataDir] Made when missing (mode 0700); `.convex-local`.
 * @property {string} [dataFile] The journal of documents; `documents.jsonl` in the folder.
 * @property {string} [adminKey] One of its own, made on the first start, when absent.
 * @property {Record<string, string>} [env] Variables of the functions that the first start sets.
 * @property {boolean} [redact] Hide the words of errors from clients, as production does; true.
 * @property {number} [concurrency] Queries, and mutations, at the same time; 16, class S16.
 * @property {number} [bytesPerSecond] What mutations may write; 4 MiB, class S16. 0: no limit.
 * @property {string} [name]
 * @property {(line: object) => void} [log] Takes lines for whoever runs the process.
 */

/**
 * Starts a deployment on this machine that the official client and CLI can talk to.
 * @param {Options} options
 * @throws {Error} when a port is taken, the functions do not build or the data is damaged
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
	bytesPerSecond = writtenBytesPerSecond,
	name = 'convex-local',
	log: report = () => {},
}) {
	mkdirSync(dataDir, { recursive: true, mode: 0o700 });
	const file = dataFile ?? path.join(dataDir, 'documents.jsonl');
	const key = adminKey || ownAdminKey(path.join(dataDir, 'admin-key'), name);
	const environment = openSettings(`${file}.env.json`, env);
	const settings = openSettings(`${file}.state.json`, runningState);
	mustKnowFailure(settings.value.failing);
	const usage = createUsageMeter(openSettings(`${file}.usage.json`, noUsage));
	/** @type {AsyncLocalStorage<Origin | undefined>} */
	const origins = new AsyncLocalStorage();
	/** @type {AsyncLocalStorage<Execution | undefined>} */
	const executions = new AsyncLocalStorage();
	const say = (/** @type {string} */ level, /** @type {unknown[]} */ values) => addLogLine(executions.getStore(), level, values);
	const loaded = await loadFunctions(path.resolve(functionsDir), path.resolve(dataDir, '.bundle'), { environment: environment.value, say });
	/** @type {Set<() => void>} */
	const subscribers = new Set();
	const announce = () => {
		for (const tell of subscribers) tell();
	};
	const database = await openDatabase(loaded.engine, file, { announce, bytesPerSecond });
	const state = createStateSwitch(settings, { usage, committer: database.committer });
	const log = createFunctionLog((entry, returnedBytes) => {
		const before = state.usageLimit();
		usage.add(entry, returnedBytes);
		if (state.usageLimit() !== before) database.committer.invalidate();
	});
	let ticks = 0;
	/** @type {Omit<Deployment, 'test' | 'inWorld' | 'call' | 'archive' | 'audit'>} */
	const parts = {
		...loaded,
		name,
		version: VERSION,
		url: '',
		siteUrl: '',
		redact,
		isAdminKey: (given) => isSameKey(given, key),
		environment,
		state,
		usage,
		database,
		log,
		cache: createQueryCache(database.committer),
		permits: createPermits(concurrency),
		origins,
		executions,
		tick: () => {
			ticks = Math.max(ticks + 1, Date.now() * 1000);
			return ticks;
		},
		subscribers,
		announce,
		report,
	};
	const deployment = /** @type {Deployment} */ (parts);
	watchCalls(deployment);
	const engineDatabase = await startEngine(deployment);
	database.adopt(engineDatabase);
	Object.assign(deployment, {
		call: (/** @type {import('./functions/functions.d.ts').FunctionCall} */ call) => callFunction(deployment, call),
		archive: createArchive(deployment),
		audit: async (/** @type {string} */ action, /** @type {Record<string, import('convex/values').JSONValue>} */ metadata) => {
			const _id = database.newId('_deployment_audit_log');
			await database.committer.commit({ writes: { [_id]: { _id, _creationTime: Date.now(), action, metadata } } });
		},
	});
	await notePush(deployment);
	await resumeScheduled(deployment, engineDatabase);
	const server = await listenForClients(deployment, { port, sitePort });
	Object.assign(deployment, { url: server.url, siteUrl: server.siteUrl });
	// Of the system, so that they are neither listed nor stored.
	for (const [variable, value] of Object.entries({ CONVEX_CLOUD_URL: server.url, CONVEX_SITE_URL: server.siteUrl }))
		Object.defineProperty(environment.value, variable, { value, enumerable: false, configurable: true });
	report({ event: 'convex-local.ready', url: server.url, siteUrl: server.siteUrl });
	return {
		url: server.url,
		siteUrl: server.siteUrl,
		adminKey: key,
		/** Ends all connections. The data is on disk already. */
		async stop() {
			await server.close();
			usage.save();
			await database.close();
		},
	};
}

/** Other functions than at the start before are a push, which the audit log tells of. @param {Deployment} deployment */
async function notePush({ database, digest, audit }) {
	const last = database.auditLog().findLast(({ action }) => action === 'push_config_with_components');
	if (last?.metadata.digest !== digest) await audit('push_config_with_components', { digest });
}

/** @param {string | null} code */
function mustKnowFailure(code) {
	if (code !== null && !knownFailures.includes(code))
		throw new Error(`The state file asks for the failure ${JSON.stringify(code)}. Expected null or one of ${knownFailures.join(', ')}.`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
	const { values } = parseArgs({
		options: {
			port: { type: 'string' },
			'site-port': { type: 'string' },
			data: { type: 'string' },
			functions: { type: 'string' },
			'show-errors': { type: 'boolean' },
		},
	});
	const started = await startConvexLocal({
		port: Number(values.port ?? 3210),
		sitePort: Number(values['site-port'] ?? 3211),
		dataDir: values.data ?? '.convex-local',
		functionsDir: values.functions ?? 'convex',
		redact: values['show-errors'] !== true,
	});
	process.stdout.write(`${JSON.stringify({ ready: true, url: started.url, siteUrl: started.siteUrl })}\n`);
	for (const signal of ['SIGTERM', 'SIGINT']) process.once(signal, () => void started.stop().then(() => process.exit(0)));
}
