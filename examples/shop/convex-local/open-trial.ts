/**
 * The deployment that the conformance tests talk to: convex-local as a process with the functions of `fixture/`, or the one that
 * `CONVEX_SELF_HOSTED_URL` and `CONVEX_SELF_HOSTED_ADMIN_KEY` name, which must run nothing but the fixture.
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { ConvexClient, ConvexHttpClient } from 'convex/browser';
import { describe } from 'vitest';
import { WebSocket } from 'ws';

const here = import.meta.dirname;
const cliFile = path.resolve(here, '../../../node_modules/convex/bin/main.js');
const { CONVEX_SELF_HOSTED_URL: realUrl = '', CONVEX_SELF_HOSTED_ADMIN_KEY: realKey = '', PATH } = process.env;

export const isReal = realUrl !== '' && realKey !== '';

/** Tests that need what only convex-local lets them do: its state file, its process, its data, the words of its errors. */
export const describeOwn = (title: string, tests: () => void) =>
	isReal
		? describe.skip(`${title} [needs convex-local's own controls, and CONVEX_SELF_HOSTED_URL names another deployment]`, tests)
		: describe(title, tests);

export interface LogEntry {
	readonly identifier: string;
	readonly udfType: string;
	readonly caller: string;
	readonly cachedResult: boolean;
	readonly error: string | null;
	readonly willRetry: boolean;
	readonly occInfo: { readonly tableName: string; readonly writeSource: string; readonly retryCount: number } | null;
	readonly parentExecutionId: string | null;
	readonly executionId: string;
	readonly requestId: string;
	readonly logLines: readonly unknown[];
	readonly usageStats: Readonly<Record<string, number>>;
}

export interface Trial {
	readonly url: string;
	readonly siteUrl: string;
	readonly adminKey: string;
	readonly folder: string;
	readonly dataFile: string;
	readonly http: () => ConvexHttpClient;
	/** Connects by WebSocket. Closed with the trial. */
	readonly live: () => ConvexClient;
	/** `POST`, or `GET` without a body, with the admin key. */
	readonly admin: (at: string, body?: object) => Promise<Response>;
	readonly system: (name: string, args?: object) => Promise<unknown>;
	/** Anybody's call, as it comes over the wire. */
	readonly call: (
		kind: string,
		body: object,
		headers?: Record<string, string>,
	) => Promise<{ status: number; body: Record<string, unknown> }>;
	readonly cli: (...words: string[]) => Promise<string>;
	readonly cliEnvironment: () => Record<string, string>;
	readonly log: (identifier?: string) => Promise<readonly LogEntry[]>;
	/** SIGKILL; resolves when the process is gone. */
	readonly kill: () => Promise<void>;
	/** At the same ports. */
	readonly start: () => Promise<void>;
	readonly close: () => Promise<void>;
}

/** @param options `state` is written before the start; `words` go to the command line. */
export async function openTrial(options: { readonly state?: object; readonly words?: readonly string[] } = {}): Promise<Trial> {
	const folder = mkdtempSync(path.join(tmpdir(), 'conformance-'));
	const data = path.join(folder, 'data');
	const dataFile = path.join(data, 'documents.jsonl');
	writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ name: 'app', dependencies: { convex: '1.48.0' } }));
	const address = { url: realUrl, siteUrl: '', adminKey: realKey };
	const clients: ConvexClient[] = [];
	let child: ChildProcess | undefined;

	const start = async () => {
		const ports = [address.url, address.siteUrl].map((url) => (url === '' ? '0' : new URL(url).port));
		const main = path.join(here, 'main.mjs');
		const words = [
			'--port',
			ports[0] ?? '0',
			'--site-port',
			ports[1] ?? '0',
			'--data',
			data,
			'--functions',
			path.join(here, 'fixture/convex'),
		];
		const started = spawn(process.execPath, [main, ...words, ...(options.words ?? [])]);
		child = started;
		const line = await new Promise<string>((done, fail) => {
			let errors = '';
			started.stdout.once('data', (text) => done(String(text)));
			started.stderr.on('data', (text) => {
				errors += text;
			});
			started.once('exit', (code) => fail(new Error(`convex-local ended with ${code}: ${errors}`)));
		});
		Object.assign(address, JSON.parse(line), { adminKey: readFileSync(path.join(data, 'admin-key'), 'utf8').trim() });
	};
	const kill = async () => {
		if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
		const gone = new Promise((done) => child?.once('exit', done));
		child.kill('SIGKILL');
		await gone;
	};
	const admin = (at: string, body?: object) =>
		fetch(address.url + at, {
			...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
			headers: { authorization: `Convex ${address.adminKey}`, 'content-type': 'application/json', 'convex-client': 'npm-cli-1.48.0' },
		});
	const system = async (name: string, args: object = {}) =>
		(await (await admin('/api/query', { path: `_system/${name}`, args })).json()).value;
	const cliEnvironment = () => ({
		...(PATH === undefined ? {} : { PATH }),
		HOME: folder,
		CI: '1',
		CONVEX_SELF_HOSTED_URL: address.url,
		CONVEX_SELF_HOSTED_ADMIN_KEY: address.adminKey,
	});
	const close = async () => {
		await Promise.all(clients.map((client) => client.close()));
		await kill();
		rmSync(folder, { recursive: true, force: true });
	};

	if (isReal) {
		await mustRunTheFixture(system);
		address.siteUrl = String(await system('cli/convexUrl:siteUrl'));
	} else {
		if (options.state) {
			mkdirSync(data, { recursive: true });
			writeFileSync(`${dataFile}.state.json`, JSON.stringify(options.state));
		}
		await start();
	}
	return {
		get url() {
			return address.url;
		},
		get siteUrl() {
			return address.siteUrl;
		},
		get adminKey() {
			return address.adminKey;
		},
		folder,
		dataFile,
		http: () => new ConvexHttpClient(address.url, { logger: false }),
		live: () => {
			const client = new ConvexClient(address.url, {
				webSocketConstructor: WebSocket as never,
				unsavedChangesWarning: false,
				logger: false,
			});
			clients.push(client);
			return client;
		},
		admin,
		system,
		call: async (kind, body, headers = {}) => {
			const answer = await fetch(`${address.url}/api/${kind}`, {
				method: 'POST',
				headers: { 'content-type': 'application/json', ...headers },
				body: JSON.stringify(body),
			});
			return { status: answer.status, body: await answer.json() };
		},
		cli: async (...words) => {
			const run = promisify(execFile);
			const { stdout, stderr } = await run(process.execPath, [cliFile, ...words], { cwd: folder, env: cliEnvironment(), timeout: 90_000 });
			return stdout + stderr;
		},
		cliEnvironment,
		log: async (identifier) => {
			const { entries } = await (await admin('/api/stream_function_logs?cursor=0')).json();
			return identifier === undefined ? entries : entries.filter((entry: LogEntry) => entry.identifier === identifier);
		},
		kill,
		start,
		close,
	};
}

/** The tests write, and `import --replace` a table: nothing but the fixture may be there to be overwritten. */
async function mustRunTheFixture(system: Trial['system']): Promise<void> {
	const specs = (await system('cli/modules:apiSpec')) as readonly { identifier?: string }[] | undefined;
	const modules = new Set((specs ?? []).flatMap(({ identifier = '' }) => (identifier === '' ? [] : [identifier.split('.js:')[0]])));
	const expected = readdirSync(path.join(here, 'fixture/convex')).map((file) => file.replace(/\.ts$/, ''));
	const foreign = [...modules].filter((module) => module !== undefined && !expected.includes(module));
	if (foreign.length > 0 || !modules.has('messages'))
		throw new Error(
			`Expected the functions of examples/shop/convex-local/fixture at ${realUrl} and nothing else, found ${foreign.length > 0 ? foreign.join(', ') : 'none'}. These tests overwrite data: name a deployment of its own, and deploy the fixture there (README of convex-local).`,
		);
}
