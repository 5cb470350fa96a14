/** A little application that is watched, and `holdfast up` beside it as a process of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { queryOnce } from '../../../packages/engine/src/fixtures/query-once.ts';

const bin = fileURLToPath(new URL('../../../apps/cli/bin/holdfast.js', import.meta.url));

export interface WatchedApp extends AsyncDisposable {
	/** Of the configuration. */
	readonly folder: string;
	/** Status of every answer from now on. */
	answer: number;
}

/** @param pages how many pages are watched, each once a second */
export async function startWatchedApp(pages: number): Promise<WatchedApp> {
	const folder = await mkdtemp(join(tmpdir(), 'holdfast-up-'));
	await chmod(folder, 0o755);
	const app = { folder, answer: 200 };
	const server = createServer((_request, response) => {
		response.writeHead(app.answer, { 'content-type': 'text/html' });
		response.end(
			'<!doctype html><html lang="en"><head><title>Bakery</title></head><body><p>Twelve loaves are waiting for you.</p></body></html>',
		);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	const lines = Array.from({ length: pages }, (_, index) => `- [ ] Page ${index} answers <!-- check: http.status path=/${index} -->`);
	await writeFile(join(folder, 'RUNBOOK.md'), `# Bakery\n\n## Monitoring Checklist\n\n${lines.join('\n')}\n`);
	await writeFile(
		join(folder, 'holdfast.yaml'),
		`version: 1\nservices:\n  bakery: {url: "http://127.0.0.1:${port}", private: true, runbook: RUNBOOK.md, monitors: {http.status: {every: 1s}}}\n`,
	);
	return Object.assign(app, {
		[Symbol.asyncDispose]: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
			await killPostgres(folder);
			await rm(folder, { recursive: true, force: true, maxRetries: 20 });
		},
	});
}

export interface Up {
	readonly child: ChildProcess;
	/** Events that were logged so far. */
	readonly events: Readonly<Record<string, unknown>>[];
	readonly words: () => string;
	readonly ended: Promise<number | null>;
}

/** @param env variables besides the path */
export function startUp(folder: string, env: Readonly<Record<string, string>> = {}): Up {
	const child = spawn(process.execPath, [bin, 'up', '--json', '--debug'], {
		cwd: folder,
		env: { PATH: process.env.PATH, NO_COLOR: '1', ...env },
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	const events: Up['events'] = [];
	let [rest, words] = ['', ''];
	child.stdout?.setEncoding('utf8').on('data', (text: string) => {
		const lines = (rest + text).split('\n');
		rest = lines.pop() ?? '';
		for (const line of lines) {
			// What is no event is an error of the program, over several lines.
			if (line.startsWith('{"at"')) events.push(JSON.parse(line));
			else words += `${line}\n`;
		}
	});
	child.stderr?.setEncoding('utf8').on('data', (text: string) => {
		words += text;
	});
	const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
	return { child, events, words: () => words, ended };
}

export async function findPostgres(folder: string): Promise<{ readonly pid: number; readonly port: number } | null> {
	const text = await readFile(join(folder, '.holdfast/postgres/data/postmaster.pid'), 'utf8').catch(() => null);
	const lines = text?.split('\n') ?? [];
	return text === null ? null : { pid: Number(lines[0]), port: Number(lines[3]) };
}

export async function killPostgres(folder: string): Promise<void> {
	const found = await findPostgres(folder);
	try {
		if (found !== null) process.kill(found.pid, 'SIGKILL');
	} catch {
		// It has ended by itself.
	}
}

/** Rows of a question to the database of `holdfast up`; null while it cannot be asked. */
export async function ask<Row extends Record<string, unknown>>(folder: string, sql: string): Promise<readonly Row[] | null> {
	const found = await findPostgres(folder);
	const password = await readFile(join(folder, '.holdfast/postgres/password'), 'utf8').catch(() => null);
	if (found === null || password === null) return null;
	return await queryOnce<Row>(`postgres://holdfast:${password.trim()}@127.0.0.1:${found.port}/holdfast`, sql);
}
