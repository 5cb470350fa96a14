/** The database of this installation: `DATABASE_URL`, else a server of our own in `.holdfast/postgres` beside the configuration. */
import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { resolveSecret } from '../config/resolve-secret.ts';
import { makeHome } from '../history/local-history.ts';
import { OperationError } from '../operation-error.ts';
import type { OperationContext } from '../ports.ts';
import { launchPostgres, type RunningPostgres } from '../postgres/launch-postgres.ts';
import { isAlive, readPostmaster } from '../postgres/read-postmaster.ts';
import { type Database, openDatabase } from '../storage/open-database.ts';

export interface Storage {
	readonly database: Database;
	/** In words, without a password. */
	readonly description: string;
	/** Closes the connections; with `andServer` also ends a server of our own, unless somebody else uses it still. */
	readonly close: (options?: { readonly andServer?: boolean }) => Promise<void>;
}

export interface StorageOptions {
	/** Folder of the configuration. */
	readonly directory: string;
	/** False: a server of our own is not started when it does not run. */
	readonly start: boolean;
	readonly say: (sentence: string) => void;
}

/** @throws OperationError `precondition` in one sentence, when there is none to be had; no message holds a password */
export async function openStorage(ctx: OperationContext, { directory, start, say }: StorageOptions): Promise<Storage> {
	const given = await readUrl(ctx, directory);
	if (given !== null) {
		const database = await attempt(() => openDatabase(given));
		return { database, description: 'PostgreSQL of DATABASE_URL', close: () => database.close() };
	}
	const folder = join(directory, '.holdfast', 'postgres');
	if (!start && (await readPostmaster(join(folder, 'data'))) === null)
		throw new OperationError('precondition', 'Holdfast has no database here yet, or it does not run', {
			hint: 'Start it with holdfast up, or set DATABASE_URL.',
		});
	await makePassable(directory);
	const server = await attempt(() => launchPostgres({ folder, say }));
	const database = await attempt(() => openDatabase(server.url, { max: 16 }));
	const keeper = start ? keepAlive(server, { folder, say }) : null;
	return {
		database,
		description: `PostgreSQL of its own on port ${server.port}${server.attached ? ', which ran already' : ''}`,
		close: async ({ andServer = false } = {}) => {
			const current = (await keeper?.()) ?? server;
			await database.close();
			if (andServer && !(await isUsed(current))) await current.stop();
		},
	};
}

const LOOK_EVERY_MS = 500;

/** A server that died is started again where it was, so that connections find it. @returns ends this, and gives the server of now */
function keepAlive(
	first: RunningPostgres,
	{ folder, say }: { folder: string; say: (sentence: string) => void },
): () => Promise<RunningPostgres> {
	let current = first;
	let underWay: Promise<void> | null = null;
	const relaunch = async (): Promise<void> => {
		say('The database is gone: it is started again.');
		try {
			current = await launchPostgres({ folder, say, port: first.port });
			say(`The database is back on port ${current.port}.`);
		} catch (error) {
			// What a killed server left behind takes a moment to end; the next look tries again.
			say(error instanceof Error ? error.message : String(error));
		}
	};
	const timer = setInterval(() => {
		if (underWay !== null || isAlive(current.pid)) return;
		underWay = relaunch().finally(() => {
			underWay = null;
		});
	}, LOOK_EVERY_MS);
	return async () => {
		clearInterval(timer);
		await underWay;
		return current;
	};
}

/** As root the server runs as somebody else, who has to pass through the folder; what lies in it stays closed to others by itself. */
async function makePassable(directory: string): Promise<void> {
	await makeHome(directory);
	if (process.getuid?.() === 0) await chmod(join(directory, '.holdfast'), 0o711);
}

async function readUrl(ctx: OperationContext, directory: string): Promise<string | null> {
	const isSet = [ctx.environment.read('DATABASE_URL'), ctx.environment.read('DATABASE_URL_FILE')].some((value) => (value ?? '') !== '');
	if (!isSet) return null;
	const source = { env: 'DATABASE_URL' };
	return (await resolveSecret(source, { name: 'the database', directory, files: ctx.files, environment: ctx.environment })).reveal();
}

async function isUsed({ url }: RunningPostgres): Promise<boolean> {
	const database = await openDatabase(url, { max: 1 });
	try {
		const { rows } = await database.pool.query<{ others: number }>(
			"select count(*)::int as others from pg_stat_activity where application_name = 'holdfast' and pid <> pg_backend_pid()",
		);
		return (rows[0]?.others ?? 0) > 0;
	} finally {
		await database.close();
	}
}

async function attempt<T>(work: () => Promise<T>): Promise<T> {
	try {
		return await work();
	} catch (cause) {
		throw new OperationError('precondition', cause instanceof Error ? cause.message : String(cause), { cause });
	}
}
