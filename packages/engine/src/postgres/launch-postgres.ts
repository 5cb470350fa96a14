/**
 * Holdfast's own PostgreSQL: started on loopback from the binaries that npm installed, as an unprivileged process even when root starts
 * it, and attached to when one runs already, for instance after the process that started it was killed. It goes on when its parent ends.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { chmod, chown, mkdir, open, readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { withFileLock } from '../history/file-lock.ts';
import { findBinaries } from './find-binaries.ts';
import { databaseName, databaseUser, initCluster } from './init-cluster.ts';
import { prepareBinaries } from './prepare-binaries.ts';
import { isReachableByOthers } from './reachable.ts';
import { isAlive, type Postmaster, readPostmaster } from './read-postmaster.ts';
import { findUnprivilegedUser } from './unprivileged-user.ts';

export interface LaunchOptions {
	/** Folder of the server, as a rule `.holdfast/postgres`; made when missing. */
	readonly folder: string;
	/** Told in a sentence what takes time or is unusual. */
	readonly say?: (sentence: string) => void;
	/** Whether commits wait for the disk; false only where data may be lost, as in tests. */
	readonly durable?: boolean;
	/** Whether it ends with this process; by default it stays, and the next start attaches. */
	readonly endsWithParent?: boolean;
	/** The port it had, for those who know it by that; absent, or taken by somebody else: any that is free. */
	readonly port?: number;
}

export interface RunningPostgres {
	/** With the password: never print it. */
	readonly url: string;
	readonly pid: number;
	readonly port: number;
	/** It ran already. */
	readonly attached: boolean;
	/** Ends it: open connections are broken, nothing committed is lost. */
	readonly stop: () => Promise<void>;
}

/** A start replays what a crash left behind; a large cluster takes its time for that. */
const READY_WITHIN_MS = 60_000;
const startPatience = { waitMs: 150_000, staleMs: 200_000 };

/**
 * @throws {Error} in one sentence, when there are no binaries for this machine, the folder belongs to another version, or it does not start.
 */
export async function launchPostgres(options: LaunchOptions): Promise<RunningPostgres> {
	const folder = resolve(options.folder);
	const say = options.say ?? (() => undefined);
	const found = findBinaries();
	if (found.kind === 'missing')
		throw new Error(`Holdfast cannot start a database of its own: ${found.reason}. Set DATABASE_URL to a PostgreSQL 15 or later.`);
	const user = await findUnprivilegedUser();
	await mkdir(folder, { recursive: true, mode: user === null ? 0o700 : 0o711 });
	if (user !== null) {
		await chmod(folder, 0o711);
		if (!(await isReachableByOthers(folder)))
			throw new Error(
				`PostgreSQL runs as ${user.name} when root starts it, and ${user.name} cannot come to ${folder}: a folder above it is closed to others. Keep Holdfast elsewhere (for instance in /srv/holdfast), start it as another user than root, or set DATABASE_URL.`,
			);
	}
	const binaries = await prepareBinaries(found.folder, user, say);
	const locked = await withFileLock(
		join(folder, 'start.lock'),
		Date.now,
		async () => {
			const password = await initCluster({ binaries, folder, user });
			const data = join(folder, 'data');
			await checkVersion(binaries, data);
			const running = await readPostmaster(data);
			if (running !== null) return { ...(await waitUntilReady(data, password)), attached: true, password };
			return { ...(await startPatiently({ binaries, folder, user, options }, password)), attached: false, password };
		},
		startPatience,
	);
	if (!locked.ok) throw new Error(`PostgreSQL was not started: ${locked.reason}`);
	const { pid, port, password, attached } = locked.value;
	await createDatabase(port, password);
	return { url: makeUrl(port, password, databaseName), pid, port, attached, stop: () => stop(pid) };
}

function makeUrl(port: number, password: string, database: string): string {
	return `postgres://${databaseUser}:${password}@127.0.0.1:${port}/${database}`;
}

async function checkVersion(binaries: string, data: string): Promise<void> {
	const has = (await readFile(join(data, 'PG_VERSION'), 'utf8')).trim();
	const control = (await readFile(join(binaries, '..', 'package.json'), 'utf8').catch(() => '{"version":"18"}')) as string;
	const wants = String((JSON.parse(control) as { version?: string }).version).split('.')[0];
	if (has !== wants)
		throw new Error(
			`${data} was made by PostgreSQL ${has}, and PostgreSQL ${wants} is installed. Export with the Holdfast that made it (holdfast export), then import here.`,
		);
}

interface StartPlace {
	readonly binaries: string;
	readonly folder: string;
	readonly user: { readonly uid: number; readonly gid: number } | null;
	readonly options: LaunchOptions;
}

/** What a killed server leaves behind, its backends and their shared memory, takes a moment to end; until then no other starts there. */
const LEFTOVERS_END_WITHIN_MS = 10_000;

async function startPatiently(place: StartPlace, password: string): Promise<Postmaster> {
	const data = join(place.folder, 'data');
	const wasKilled = await readFile(join(data, 'postmaster.pid')).then(
		() => true,
		() => false,
	);
	const giveUpAt = Date.now() + (wasKilled ? LEFTOVERS_END_WITHIN_MS : 0);
	for (;;) {
		const child = await start(place);
		try {
			return await waitUntilReady(data, password, child);
		} catch (error) {
			if ((child.exitCode === null && child.signalCode === null) || Date.now() > giveUpAt) throw error;
			await wait(150);
		}
	}
}

async function start(at: StartPlace): Promise<ChildProcess> {
	const { binaries, folder, user, options } = at;
	const port = await findFreePort(options.port ?? 0).catch(() => findFreePort(0));
	const log = await open(join(folder, 'postgres.log'), 'a', 0o600);
	if (user !== null) await chown(join(folder, 'data'), user.uid, user.gid);
	const settings = Object.entries({
		listen_addresses: '127.0.0.1',
		port: String(port),
		unix_socket_directories: '',
		max_connections: '60',
		shared_buffers: '48MB',
		maintenance_work_mem: '32MB',
		// What Holdfast writes is little: more kept for a rush would be half of its disk (measured: 450 MB after an import).
		max_wal_size: '96MB',
		min_wal_size: '32MB',
		wal_compression: 'pglz',
		// A second's answers are one commit: whoever looks for dirty pages five times a second wakes up for nothing.
		bgwriter_delay: '1s',
		// Starting a process for a share of a small read costs more than the read.
		max_parallel_workers_per_gather: '0',
		// Queries here are small and many; compiling them costs more than it saves, and each backend holds the compiler's memory.
		jit: 'off',
		log_min_messages: 'warning',
		log_timezone: 'UTC',
		timezone: 'UTC',
		...(options.durable === false ? { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' } : {}),
	}).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
	const command = [join(binaries, 'bin', 'postgres'), '-D', join(folder, 'data'), ...settings] as const;
	// The watchdog reads a pipe whose other end this process holds: when that closes, for whatever reason, it asks the server to end.
	const watched = 'trap "" INT TERM; "$@" & server=$!; cat >/dev/null; kill -INT $server; wait $server';
	const [program, ...rest] = options.endsWithParent === true ? ['/bin/sh', '-c', watched, 'postgres', ...command] : command;
	const child = spawn(program as string, rest, {
		...(user === null ? {} : { uid: user.uid, gid: user.gid }),
		stdio: [options.endsWithParent === true ? 'pipe' : 'ignore', log.fd, log.fd],
		env: { LC_ALL: 'C', PATH: '/usr/bin:/bin' },
		cwd: folder,
		detached: true,
	});
	const failed = new Promise<never>((_resolve, reject) => child.once('error', reject));
	await Promise.race([failed, new Promise((done) => child.once('spawn', done))]);
	child.unref();
	if (child.stdin !== null && 'unref' in child.stdin) (child.stdin as unknown as { unref: () => void }).unref();
	await log.close();
	return child;
}

/** @param child when this process started it: its end is the end of waiting */
async function waitUntilReady(data: string, password: string, child?: ChildProcess): Promise<Postmaster> {
	const giveUpAt = Date.now() + READY_WITHIN_MS;
	let seen = false;
	for (;;) {
		const running = await readPostmaster(data);
		seen ||= running !== null;
		if (running?.isReady === true && (await accepts(running.port, password))) return running;
		const hasEnded = child !== undefined && (child.exitCode !== null || child.signalCode !== null);
		if (hasEnded || Date.now() > giveUpAt || (seen && running === null))
			throw new Error(`PostgreSQL did not start: ${await readLastWords(data)}`);
		await wait(15);
	}
}

async function accepts(port: number, password: string): Promise<boolean> {
	const client = new pg.Client({ connectionString: makeUrl(port, password, 'postgres'), connectionTimeoutMillis: 3000 });
	try {
		await client.connect();
		return true;
	} catch (error) {
		// 28P01, invalid_password: a server runs there, and it is another one than ours or its password was lost.
		if ((error as { code?: string }).code === '28P01')
			throw new Error(
				'PostgreSQL runs and does not accept the password beside its data; put the file `password` back, or remove the folder to begin anew',
			);
		return false;
	} finally {
		await client.end().catch(() => undefined);
	}
}

async function createDatabase(port: number, password: string): Promise<void> {
	const client = new pg.Client({ connectionString: makeUrl(port, password, 'postgres') });
	await client.connect();
	try {
		const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [databaseName]);
		if (rowCount === 0)
			await client.query(`create database ${databaseName}`).catch((error: { code?: string }) => {
				// duplicate_database, or unique_violation of the catalogue: another start came first.
				if (error.code !== '42P04' && error.code !== '23505') throw error;
			});
	} finally {
		await client.end();
	}
}

/** SIGINT is the fast shutdown (PostgreSQL documentation, 18.5). */
async function stop(pid: number): Promise<void> {
	if (!isAlive(pid)) return;
	process.kill(pid, 'SIGINT');
	const giveUpAt = Date.now() + 30_000;
	while (isAlive(pid)) {
		if (Date.now() > giveUpAt) throw new Error(`PostgreSQL (process ${pid}) did not end within 30 s`);
		await wait(10);
	}
}

async function readLastWords(data: string): Promise<string> {
	const log = await readFile(join(data, '..', 'postgres.log'), 'utf8').catch(() => '');
	return log.trim().split('\n').slice(-3).join(' · ').slice(-600) || 'its log is empty';
}

function findFreePort(wanted: number): Promise<number> {
	return new Promise((done, reject) => {
		const server = createServer();
		server.once('error', reject);
		server.listen(wanted, '127.0.0.1', () => {
			const address = server.address();
			server.close(() => done(typeof address === 'object' ? (address?.port ?? 0) : 0));
		});
	});
}
