import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import pg from 'pg';
import { afterEach, expect, it } from 'vitest';
import { findBinaries } from './find-binaries.ts';
import { launchPostgres, type RunningPostgres } from './launch-postgres.ts';
import { isAlive } from './read-postmaster.ts';

const undo: (() => unknown)[] = [];
afterEach(async () => {
	for (const step of undo.splice(0).reverse()) await step();
});

async function makeFolder(): Promise<string> {
	const folder = await mkdtemp(join(tmpdir(), 'holdfast-pg-'));
	await chmod(folder, 0o755);
	undo.push(() => rm(folder, { recursive: true, force: true }));
	return folder;
}

async function launch(folder: string): Promise<RunningPostgres> {
	const running = await launchPostgres({ folder: join(folder, 'postgres'), durable: false, endsWithParent: true });
	undo.push(() => running.stop());
	return running;
}

/** A program that starts the server and waits; within the checkout, so that it finds the same packages. */
async function bundle(folder: string): Promise<string> {
	const outfile = fileURLToPath(new URL(`../../node_modules/.cache/start-${basename(folder)}.mjs`, import.meta.url));
	undo.push(() => rm(outfile, { force: true }));
	await build({
		stdin: {
			contents: `import { launchPostgres } from './launch-postgres.ts';
				const { pid } = await launchPostgres({ folder: ${JSON.stringify(join(folder, 'postgres'))} });
				console.log(JSON.stringify({ pid }));
				setInterval(() => {}, 1000);`,
			resolveDir: fileURLToPath(new URL('.', import.meta.url)),
		},
		bundle: true,
		platform: 'node',
		format: 'esm',
		packages: 'external',
		outfile,
	});
	return outfile;
}

async function ask(url: string, sql: string): Promise<unknown> {
	const client = new pg.Client({ connectionString: url });
	await client.connect();
	try {
		return (await client.query(sql)).rows[0];
	} finally {
		await client.end();
	}
}

it('starts, keeps what was written over a restart, and is attached to while it runs', async () => {
	const folder = await makeFolder();
	const first = await launch(folder);
	expect(first.attached).toBe(false);
	await ask(first.url, 'create table kept as select 42 as answer');
	const second = await launchPostgres({ folder: join(folder, 'postgres') });
	expect(second).toMatchObject({ attached: true, pid: first.pid, url: first.url });
	await first.stop();
	expect(isAlive(first.pid)).toBe(false);
	const third = await launch(folder);
	expect(third.attached).toBe(false);
	expect(await ask(third.url, 'select answer from kept')).toEqual({ answer: 42 });
	expect((await stat(join(folder, 'postgres', 'password'))).mode & 0o777).toBe(0o600);
}, 60_000);

it('two that start at once share one server', async () => {
	const folder = await makeFolder();
	const [one, other] = await Promise.all([launch(folder), launch(folder)]);
	expect(one.pid).toBe(other.pid);
}, 60_000);

it('listens on loopback only, asks for a password and is no superuser of the system', async () => {
	const { url, port, pid } = await launch(await makeFolder());
	expect(await ask(url, 'show listen_addresses')).toEqual({ listen_addresses: '127.0.0.1' });
	await expect(ask(`postgres://holdfast:wrong@127.0.0.1:${port}/holdfast`, 'select 1')).rejects.toMatchObject({ code: '28P01' });
	if (process.platform === 'linux') expect((await stat(`/proc/${pid}`)).uid).not.toBe(0);
}, 60_000);

it('goes on after the process that started it was killed, and the next start attaches', async () => {
	const folder = await makeFolder();
	const child = spawn(process.execPath, [await bundle(folder)], { stdio: ['ignore', 'pipe', 'inherit'] });
	const [text] = await once(child.stdout, 'data');
	const { pid } = JSON.parse(String(text)) as { pid: number };
	child.kill('SIGKILL');
	await once(child, 'exit');
	expect(isAlive(pid)).toBe(true);
	const again = await launchPostgres({ folder: join(folder, 'postgres') });
	undo.push(() => again.stop());
	expect(again).toMatchObject({ attached: true, pid });
}, 60_000);

it('says what is wrong with a folder of another version, and changes nothing', async () => {
	const folder = await makeFolder();
	const running = await launch(folder);
	await running.stop();
	const version = join(folder, 'postgres', 'data', 'PG_VERSION');
	await writeFile(version, '15\n');
	await expect(launch(folder)).rejects.toThrow(/made by PostgreSQL 15, and PostgreSQL 18 is installed.*holdfast export/);
}, 60_000);

it('says what to do on a machine that there are no binaries for', () => {
	expect(findBinaries('sunos-x64')).toEqual({ kind: 'missing', reason: 'there is no PostgreSQL on npm for sunos-x64' });
});
