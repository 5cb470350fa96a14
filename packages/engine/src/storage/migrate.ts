/** Brings a database to the schema that this code knows: forward only, each step in a transaction of its own, one starter at a time. */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type pg from 'pg';

export interface Migration {
	readonly version: number;
	readonly name: string;
	readonly sql: string;
}

export interface MigrationReport {
	/** Names of what was applied now, in order. */
	readonly applied: readonly string[];
	/** Of the schema afterwards. */
	readonly version: number;
}

/** Of the advisory lock that starters share: "holdfast" in ASCII, cut to 63 bits. */
export const LOCK = '7525643386903065460';
const folder = fileURLToPath(new URL('../../migrations/', import.meta.url));

/** @returns the steps that come with this code, in order */
export async function listMigrations(from = folder): Promise<readonly Migration[]> {
	const names = (await readdir(from)).filter((name) => name.endsWith('.sql')).sort();
	return Promise.all(
		names.map(async (name, index) => {
			const version = Number(name.slice(0, 4));
			if (!(version > Number(names[index - 1]?.slice(0, 4) ?? 0)))
				throw new Error(`migrations: expected NNNN-words.sql, each number once, got ${name}`);
			return { version, name: name.slice(0, -4), sql: await readFile(`${from}${name}`, 'utf8') };
		}),
	);
}

/**
 * @throws {Error} when the database was brought further by newer code, when a step that was applied reads differently now, or when a step
 * fails; what was applied before it stays.
 */
export async function migrate(pool: pg.Pool, known?: readonly Migration[]): Promise<MigrationReport> {
	const steps = known ?? (await listMigrations());
	const client = await pool.connect();
	try {
		await client.query('select pg_advisory_lock($1)', [LOCK]);
		try {
			return await bring(client, steps);
		} finally {
			await client.query('select pg_advisory_unlock($1)', [LOCK]);
		}
	} finally {
		client.release();
	}
}

/** The same within a transaction of the caller's, who holds the lock: for what is all or nothing. */
export async function migrateWithin(client: pg.PoolClient, steps: readonly Migration[]): Promise<void> {
	await client.query(MAKE_TABLE);
	for (const step of steps) await run(client, step);
}

const MAKE_TABLE =
	'create table if not exists schema_migration (version integer primary key, name text not null, sha256 text not null, applied_at timestamptz not null default now())';

async function bring(client: pg.PoolClient, steps: readonly Migration[]): Promise<MigrationReport> {
	await client.query(MAKE_TABLE);
	const { rows } = await client.query<{ version: number; name: string; sha256: string }>(
		'select version, name, sha256 from schema_migration order by version',
	);
	const newest = rows.at(-1);
	const version = steps.at(-1)?.version ?? 0;
	if (newest !== undefined && newest.version > version)
		throw new Error(
			`the database has schema ${newest.version} (${newest.name}), and this Holdfast knows ${version}: start the newer Holdfast, or restore a backup from before the upgrade`,
		);
	for (const row of rows) {
		const step = steps.find((each) => each.version === row.version);
		if (step !== undefined && hashMigration(step.sql) !== row.sha256)
			throw new Error(`migration ${step.name} reads differently from what was applied to this database: install the release again`);
	}
	const applied = [];
	for (const step of steps.filter((each) => !rows.some((row) => row.version === each.version))) {
		await apply(client, step);
		applied.push(step.name);
	}
	return { applied, version };
}

async function run(client: pg.PoolClient, { version, name, sql }: Migration): Promise<void> {
	await client.query('insert into schema_migration (version, name, sha256) values ($1, $2, $3)', [version, name, hashMigration(sql)]);
	await client.query(sql);
}

async function apply(client: pg.PoolClient, step: Migration): Promise<void> {
	await client.query('begin');
	try {
		await run(client, step);
		await client.query('commit');
	} catch (error) {
		await client.query('rollback');
		throw new Error(`migration ${step.name} failed and was undone: ${error instanceof Error ? error.message : String(error)}`, {
			cause: error,
		});
	}
}

/** Of a step, the same on every system. */
export function hashMigration(sql: string): string {
	return createHash('sha256').update(sql.replaceAll('\r\n', '\n')).digest('hex');
}
