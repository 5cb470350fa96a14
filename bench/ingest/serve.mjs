/**
 * A server in a process of its own, so that its processor time is its own: `bare` reads a body and answers, `ingest` is Holdfast's with ports that count,
 * `store` is `holdfast up --role ingest` with a PostgreSQL of its own.
 * Tells its port, and on every message its processor time and what it kept.
 */
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { importBuilt } from '../figures.mjs';

const [mode = 'bare', publicKey = ''] = process.argv.slice(2);
let kept = 0;

const modes = { bare: openBare, ingest: openIngest, store: openStore };
let count = async () => kept;
let end = async () => undefined;
const port = await modes[/** @type {keyof typeof modes} */ (mode)]();
process.on('message', () => void tell());
process.on('disconnect', () => void end().then(() => process.exit(0)));

async function tell() {
	const { user, system } = process.cpuUsage();
	process.send?.({ cpuSeconds: (user + system) / 1e6, kept: await count() });
}
process.send?.({ port });

/** @returns {Promise<number>} */
async function openBare() {
	const server = createServer((request, response) => {
		/** @type {Buffer[]} */
		const chunks = [];
		request.on('data', (chunk) => chunks.push(chunk));
		request.on('end', () => {
			kept += Buffer.concat(chunks).length > 0 ? 1 : 0;
			response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': 2 }).end('{}');
		});
	});
	await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(null)));
	const address = server.address();
	return typeof address === 'object' && address !== null ? address.port : 0;
}

async function openIngest() {
	const { createIngest } = await importBuilt('@holdfast/engine/ingest');
	const unlimited = { perSecond: 1e9, burst: 1e9 };
	const service = {
		name: 'bench',
		publicKeys: [publicKey],
		origins: null,
		knownSecrets: [],
		drainSecrets: [],
		vercelDrain: null,
		releaseSecrets: [],
		vercelWebhookSecrets: [],
		quotas: { request: unlimited, error: unlimited },
	};
	const ignore = () => Promise.resolve();
	const store = {
		isReady: () => true,
		keepEnvelope: (/** @type {{ errors: readonly unknown[] }} */ { errors }) => {
			kept += errors.length;
			return Promise.resolve();
		},
		keepVitals: ignore,
		keepLines: ignore,
		keepRelease: ignore,
	};
	const ingest = createIngest({ ports: { services: { find: () => service }, store }, now: () => Date.now(), log: () => undefined });
	return (await ingest.listen(0)).port;
}

async function openStore() {
	const [{ startUp }, { openRecord }, { createLocalContext }] = await Promise.all([
		importBuilt('@holdfast/engine/up'),
		importBuilt('@holdfast/engine/record'),
		importBuilt('@holdfast/engine/local'),
	]);
	const directory = await mkdtemp(path.join(tmpdir(), 'holdfast-bench-ingest-'));
	// As root PostgreSQL runs as somebody else, who has to come to it.
	await chmod(directory, 0o755);
	const free = await openBare();
	const chosen = free + 1;
	const unlimited = '{perSecond: 1000000, burst: 1000000}';
	await writeFile(
		path.join(directory, 'holdfast.yaml'),
		`version: 1
services:
  bench: {url: 'http://127.0.0.1:9', private: true, ingest: {project: '42', keys: ['${publicKey}'], quotas: {request: ${unlimited}, error: ${unlimited}}}}
ingest: {port: ${chosen}}
`,
	);
	const ctx = createLocalContext({ directory, environment: {}, signal: new AbortController().signal });
	const running = await startUp(ctx, { roles: ['ingest'], say: () => undefined, log: () => undefined });
	const record = await openRecord(ctx, undefined);
	count = async () => {
		// What lies in the database, not what somebody remembers to have put there.
		const { rows } = await record.database.pool.query('select count(*)::int as kept from error_event');
		return rows[0].kept;
	};
	end = async () => {
		await record.close();
		await running.stop();
		await rm(directory, { recursive: true, force: true });
		return undefined;
	};
	return chosen;
}
