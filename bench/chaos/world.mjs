/** What chaos falls upon: a little application, `holdfast up` beside it as a process of its own, and receivers that write down what they are told. */
import { spawn } from 'node:child_process';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { findPostgres, queryOnce } from '../load/world.mjs';

const bin = fileURLToPath(new URL('../../apps/cli/bin/holdfast.js', import.meta.url));
const BODY =
	'<!doctype html><html lang="en"><head><title>Bakery</title></head><body><p>Twelve loaves are waiting for you.</p></body></html>';

/** @typedef {Awaited<ReturnType<typeof openChaos>>} Chaos */
/** @typedef {ReturnType<Chaos['up']>} Up */

/** @param {(request: import('node:http').IncomingMessage, response: import('node:http').ServerResponse) => void} handle */
async function listen(handle) {
	const server = createServer(handle);
	await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(null)));
	const address = server.address();
	return { server, port: typeof address === 'object' ? (address?.port ?? 0) : 0 };
}

/**
 * @param {{ services?: number, pages: number, every?: string, names?: readonly string[], folder?: string }} options pages of each service, paths
 * `/service/page`; names of channels, each with a receiver of its own
 */
export async function openChaos({ services = 1, pages, every = '1s', names = ['hook'], folder: given }) {
	const folder = given ?? (await mkdtemp(join(tmpdir(), 'holdfast-chaos-')));
	await chmod(folder, 0o755);
	/** @type {Set<string>} */
	const failing = new Set();
	/** @type {Set<string>} */
	const hanging = new Set();
	const app = await listen((request, response) => {
		const path = request.url ?? '/';
		if (hanging.has(path)) return;
		response.writeHead(failing.has(path) ? 503 : 200, { 'content-type': 'text/html' });
		response.end(BODY);
	});
	/** @type {Map<string, { told: { key: string, at: number, type: string, title: string }[], mode: 'take' | 'hang' | 'refuse', port: number, server: import('node:http').Server }>} */
	const receivers = new Map();
	for (const name of names) {
		const { server, port } = await listen((request, response) => {
			/** @type {Buffer[]} */
			const chunks = [];
			request.on('data', (chunk) => chunks.push(chunk));
			request.on('end', () => {
				const receiver = receivers.get(name);
				if (receiver === undefined || receiver.mode === 'hang') return;
				const isTaken = receiver.mode === 'take';
				if (isTaken)
					receiver.told.push({
						...readHook(Buffer.concat(chunks).toString('utf8')),
						at: Date.now(),
					});
				response.writeHead(isTaken ? 204 : 503).end();
			});
		});
		receivers.set(name, { told: [], mode: 'take', port, server });
	}
	const stanzas = [];
	for (let service = 0; service < services; service += 1) {
		const lines = Array.from(
			{ length: pages },
			(_, page) => `- [ ] Page ${page} answers <!-- check: http.status path=/${service}/${page} -->`,
		);
		await writeFile(join(folder, `RUNBOOK-${service}.md`), `# Bakery ${service}\n\n## Monitoring Checklist\n\n${lines.join('\n')}\n`);
		stanzas.push(
			`  bakery-${service}: {url: "http://127.0.0.1:${app.port}", private: true, runbook: RUNBOOK-${service}.md, monitors: {http.status: {every: ${every}}}}`,
		);
	}
	const channels = [...receivers].map(
		([name, { port }]) => `  ${name}: {kind: webhook, url: {env: URL_${port}}, secret: {env: CHAOS_SECRET}, private: true}`,
	);
	await writeFile(
		join(folder, 'holdfast.yaml'),
		`version: 1
services:
${stanzas.join('\n')}
channels:
${channels.join('\n')}
notify: [{to: [${names.join(', ')}]}]
`,
	);
	const env = {
		PATH: process.env.PATH,
		NO_COLOR: '1',
		CHAOS_SECRET: `whsec_${Buffer.from('only the bench knows this secret').toString('base64')}`,
		...Object.fromEntries([...receivers.values()].map(({ port }) => [`URL_${port}`, `http://127.0.0.1:${port}/hooks/1`])),
	};
	/** @type {ReturnType<typeof startUp>[]} */
	const all = [];
	return {
		folder,
		failing,
		hanging,
		receivers,
		all,
		up: () => {
			const up = startUp(folder, env);
			all.push(up);
			return up;
		},
		ask: (/** @type {string} */ sql, /** @type {unknown[]} */ values = []) => queryOnce(folder, sql, values),
		killPostgres: () => killPostgres(folder),
		findPostgres: () => findPostgres(folder),
		close: async () => {
			for (const { child } of all) child.kill('SIGKILL');
			await killPostgres(folder);
			for (const { server } of [app, ...receivers.values()]) {
				server.closeAllConnections();
				server.close();
			}
			await wait(500);
			if (given === undefined) await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 200 });
		},
	};
}

/** @param {string} body of Holdfast's generic webhook @returns {{ key: string, type: string, title: string }} */
function readHook(body) {
	const { type, data } = JSON.parse(body);
	return { key: String(data?.dedupKey), type: String(type), title: String(data?.title) };
}

/** @param {string} folder @param {NodeJS.ProcessEnv} env */
function startUp(folder, env) {
	const child = spawn(process.execPath, [bin, 'up', '--json', '--debug'], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
	/** @type {Record<string, unknown>[]} */
	const events = [];
	let [rest, words] = ['', ''];
	child.stdout.setEncoding('utf8').on('data', (/** @type {string} */ text) => {
		const lines = (rest + text).split('\n');
		rest = lines.pop() ?? '';
		for (const line of lines) {
			if (line.startsWith('{"at"')) events.push(JSON.parse(line));
			else words += `${line}\n`;
		}
	});
	child.stderr.setEncoding('utf8').on('data', (/** @type {string} */ text) => {
		words += text;
	});
	const ended = new Promise((resolve) => child.once('close', resolve));
	return { child, events, words: () => words, ended };
}

/** @param {string} folder */
async function killPostgres(folder) {
	const found = await findPostgres(folder);
	try {
		if (found !== null) process.kill(found.pid, 'SIGKILL');
	} catch {
		// It has ended by itself.
	}
}

/**
 * @template T
 * @param {() => Promise<T | null>} look null: not yet @param {{ withinMs: number, what: string, everyMs?: number }} options
 * @returns {Promise<T>}
 */
export async function until(look, { withinMs, what, everyMs = 50 }) {
	const giveUpAt = performance.now() + withinMs;
	for (;;) {
		// While the database is away there is no answer, which is an answer here.
		const found = await look().catch(() => null);
		if (found !== null) return found;
		if (performance.now() > giveUpAt) throw new Error(`${what}: not within ${withinMs / 1000} s`);
		await wait(everyMs);
	}
}

/** Milliseconds until samples come in again. @param {Chaos} world @param {number} since by `performance.now()` */
export async function untilBack(world, since) {
	let before = -1;
	await until(
		async () => {
			const [row] = await world.ask('select count(*)::int as count from observation');
			if (before < 0) before = row.count;
			return row.count > before ? row : null;
		},
		{ withinMs: 60_000, what: 'samples come in again' },
	);
	return performance.now() - since;
}

/** Numbers from 0 up to 1, the same for the same seed (mulberry32). @param {number} seed */
export function createChance(seed) {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	};
}
