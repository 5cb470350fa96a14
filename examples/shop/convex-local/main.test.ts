import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { ConvexClient, ConvexHttpClient } from 'convex/browser';
import { makeFunctionReference } from 'convex/server';
import { ConvexError } from 'convex/values';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';

const root = path.resolve(import.meta.dirname, '../../..');
const real = process.env.CONVEX_SELF_HOSTED_URL && process.env.CONVEX_SELF_HOSTED_ADMIN_KEY;
const folder = mkdtempSync(path.join(tmpdir(), 'conformance-'));
const list = makeFunctionReference<'query', { room: string }, { text: string }[]>('messages:list');
const send = makeFunctionReference<'mutation', { room: string; text: string }, string>('messages:send');
const refuse = makeFunctionReference<'mutation', { plain: boolean }>('messages:refuse');
const whoAmI = makeFunctionReference<'query', Record<string, never>, string | null>('messages:whoAmI');
const key = 'conformance|0123456789abcdef';
const room = `r${Date.now()}`;
let child: ChildProcess | undefined;
let url = process.env.CONVEX_SELF_HOSTED_URL ?? '';
let adminKey = process.env.CONVEX_SELF_HOSTED_ADMIN_KEY ?? key;

/** The server as a process; the same port when it is started again. */
async function start(port: string): Promise<void> {
	const main = path.join(root, 'examples/shop/convex-local/main.mjs');
	const functions = path.join(root, 'examples/shop/convex-local/fixture');
	const started = spawn(process.execPath, [
		main,
		'--port',
		port,
		'--site-port',
		'0',
		'--data',
		path.join(folder, 'data'),
		'--functions',
		functions,
	]);
	child = started;
	const line = await new Promise<string>((done, fail) => {
		started.stdout.once('data', (data) => done(String(data)));
		started.stderr.once('data', (data) => fail(new Error(String(data))));
	});
	url = JSON.parse(line).url;
}

async function cli(...words: string[]): Promise<string> {
	const cli = path.join(root, 'node_modules/convex/bin/main.js');
	const env = { PATH: process.env.PATH, HOME: folder, CI: '1', CONVEX_SELF_HOSTED_URL: url, CONVEX_SELF_HOSTED_ADMIN_KEY: adminKey };
	const { stdout, stderr } = await promisify(execFile)(process.execPath, [cli, ...words], { cwd: folder, env, timeout: 20_000 });
	return stdout + stderr;
}

async function admin(at: string, body: object = {}): Promise<Response> {
	return fetch(url + at, {
		method: 'POST',
		headers: { authorization: `Convex ${adminKey}`, 'content-type': 'application/json' },
		body: JSON.stringify(body),
	});
}

function client(): ConvexClient {
	return new ConvexClient(url, { webSocketConstructor: WebSocket as never, unsavedChangesWarning: false });
}

beforeAll(async () => {
	writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ name: 'app', dependencies: { convex: '1.48.0' } }));
	if (real) return;
	await start('0');
	const { readFileSync } = await import('node:fs');
	adminKey = readFileSync(path.join(folder, 'data/admin-key'), 'utf8').trim();
}, 20_000);
afterAll(() => {
	child?.kill('SIGKILL');
	rmSync(folder, { recursive: true, force: true });
});

describe('the official client', () => {
	it('mutates and queries over HTTP', async () => {
		const http = new ConvexHttpClient(url);
		await http.mutation(send, { room, text: 'one' });
		expect((await http.query(list, { room })).map(({ text }) => text)).toEqual(['one']);
	});

	it('gets the data of a ConvexError and not the words of another error', async () => {
		const http = new ConvexHttpClient(url);
		await expect(http.mutation(refuse, { plain: false })).rejects.toBeInstanceOf(ConvexError);
		if (!real) await expect(http.mutation(refuse, { plain: true })).rejects.toThrow(/^\[Request ID: \w+\] Server Error$/);
	});

	it('takes nobody at their word: no caller is an administrator, or somebody, by saying so', async () => {
		if (real) return;
		const body = JSON.stringify({
			path: 'messages:whoAmI',
			args: {},
			admin: true,
			identity: { subject: 'somebody', issuer: 'x', tokenIdentifier: 'x|somebody' },
		});
		const answer = await fetch(`${url}/api/query_at_ts`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
		expect(await answer.json()).toMatchObject({ status: 'success', value: null });
	});

	it('ends the connection of a client that sends nonsense, and serves the others', async () => {
		if (real) return;
		const socket = new WebSocket(`${url.replace('http', 'ws')}/api/1.48.0/sync`);
		await new Promise((done) => socket.once('open', done));
		socket.send('nonsense');
		const frame = await new Promise((done) => socket.once('message', (data) => done(JSON.parse((data as Buffer).toString('utf8')))));
		expect(frame).toMatchObject({ type: 'FatalError' });
		socket.terminate();
		expect((await fetch(`${url}/version`)).status).toBe(200);
	});

	it('shows a mutation of one client to another that subscribes', async () => {
		const [left, right] = [client(), client()];
		const seen: string[][] = [];
		const arrived = new Promise<void>((done) => {
			right.onUpdate(list, { room: `${room}-live` }, (rows) => {
				seen.push(rows.map(({ text }) => text));
				if (rows.length === 1) done();
			});
		});
		await left.mutation(send, { room: `${room}-live`, text: 'hello' });
		await arrived;
		expect(seen.at(-1)).toEqual(['hello']);
		await Promise.all([left.close(), right.close()]);
	});
});

describe.skipIf(real)('what needs a deployment of its own', () => {
	it('verifies tokens and refuses foreign ones', async () => {
		const { publicKey, privateKey } = await generateKeyPair('ES256');
		const jwks = { keys: [{ ...(await exportJWK(publicKey)), kid: 'k1', alg: 'ES256' }] };
		const changes = [
			{ name: 'ISSUER', value: 'https://issuer.example' },
			{ name: 'JWKS', value: `data:application/json,${encodeURIComponent(JSON.stringify(jwks))}` },
		];
		expect((await admin('/api/update_environment_variables', { changes })).status).toBe(200);
		const sign = (aud: string, kid: string) =>
			new SignJWT()
				.setProtectedHeader({ alg: 'ES256', kid, typ: 'JWT' })
				.setSubject('ada')
				.setIssuer('https://issuer.example')
				.setAudience(aud)
				.setIssuedAt()
				.setExpirationTime('1h')
				.sign(privateKey);
		const http = new ConvexHttpClient(url);
		http.setAuth(await sign('fixture', 'k1'));
		expect(await http.query(whoAmI, {})).toBe('ada');
		http.setAuth(await sign('other', 'k1'));
		await expect(http.query(whoAmI, {})).rejects.toThrow('NoAuthProvider');
		http.setAuth(await sign('fixture', 'k2'));
		await expect(http.query(whoAmI, {})).rejects.toThrow('InvalidAuthHeader');
		const live = client();
		const token = await sign('fixture', 'k1');
		const who = new Promise((done) => {
			live.setAuth(async () => token);
			live.onUpdate(whoAmI, {}, (name) => name !== null && done(name));
		});
		expect(await who).toBe('ada');
		await live.close();
	});

	it('pauses, says so to the admin, and resumes', async () => {
		await admin('/api/v1/pause_deployment');
		await expect(new ConvexHttpClient(url).query(list, { room })).rejects.toThrow('Server Error');
		const state = await (await admin('/api/query', { path: '_system/frontend/backendState:backendState', args: {} })).json();
		expect(state.value.user).toBe('paused');
		await admin('/api/v1/unpause_deployment');
		expect(await new ConvexHttpClient(url).query(list, { room })).toHaveLength(1);
	});

	it('reads only the range of an index, and the whole table without one', async () => {
		for (const name of ['messages:list', 'messages:scan']) await admin('/api/query', { path: name, args: { room } });
		const { entries } = await (
			await fetch(`${url}/api/stream_function_logs?cursor=0`, { headers: { authorization: `Convex ${adminKey}` } })
		).json();
		const read = (name: string) =>
			entries.findLast((entry: { identifier: string }) => entry.identifier === name).usageStats.databaseReadDocuments;
		expect([read('messages:list'), read('messages:scan')]).toEqual([1, 2]);
	});

	it('keeps its data over a kill, and a client connects again', async () => {
		const live = client();
		const port = new URL(url).port;
		const rows = (count: number) =>
			new Promise<void>((done) => void live.onUpdate(list, { room }, (found) => found.length === count && done()));
		await rows(1);
		child?.kill('SIGKILL');
		await new Promise((done) => child?.once('exit', done));
		await start(port);
		await new ConvexHttpClient(url).mutation(send, { room, text: 'two' });
		await rows(2);
		await live.close();
	});

	it('refuses a wrong admin key', async () => {
		const answer = await fetch(`${url}/api/query`, { method: 'POST', headers: { authorization: 'Convex wrong' }, body: '{}' });
		expect([answer.status, (await answer.json()).code]).toEqual([401, 'BadAdminKey']);
	});
});

describe('the official CLI', () => {
	it('sets, lists and gets the environment', async () => {
		await cli('env', 'set', 'HOLDFAST_TRIAL', 'yes');
		expect(await cli('env', 'get', 'HOLDFAST_TRIAL')).toContain('yes');
		expect(await cli('env', 'list')).toContain('HOLDFAST_TRIAL');
	});

	it('runs a function, shows data and the function spec', async () => {
		expect(await cli('run', 'messages:list', JSON.stringify({ room }))).toContain('one');
		expect(await cli('data')).toContain('messages');
		expect(await cli('data', 'messages')).toContain('one');
		expect(await cli('function-spec')).toContain('messages.js:list');
	});

	it('exports, and imports what it exported', async () => {
		const file = path.join(folder, 'snapshot.zip');
		await cli('export', '--path', file);
		await cli('import', '--replace', '--yes', file);
		expect(await cli('run', 'messages:list', JSON.stringify({ room }))).toContain('one');
	});
});

describe('its log', () => {
	it('is streamed to the CLI', async () => {
		const env = { PATH: process.env.PATH, HOME: folder, CI: '1', CONVEX_SELF_HOSTED_URL: url, CONVEX_SELF_HOSTED_ADMIN_KEY: adminKey };
		const logs = spawn(process.execPath, [path.join(root, 'node_modules/convex/bin/main.js'), 'logs', '--history', '20', '--success'], {
			cwd: folder,
			env,
		});
		const seen = await new Promise<string>((done) => {
			let text = '';
			for (const stream of [logs.stdout, logs.stderr])
				stream.on('data', (data) => {
					text += data;
					if (text.includes('messages:')) done(text);
				});
		});
		logs.kill('SIGKILL');
		expect(seen).toContain('messages:');
	});
});
