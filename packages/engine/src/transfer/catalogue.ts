/** What there is to be moved, asked of the database itself: a table that a later migration adds is taken without anybody thinking of it. */
import type pg from 'pg';
import type { Manifest } from './manifest.ts';

/** Its rows are written by the migrations of whoever imports. */
const OF_MIGRATIONS = 'schema_migration';

/** Names, types and texts as both sides must read them. */
export const SESSION = [
	"set local timezone = 'UTC'",
	"set local datestyle = 'ISO, YMD'",
	"set local intervalstyle = 'postgres'",
	'set local extra_float_digits = 3',
	"set local bytea_output = 'hex'",
	"set local client_encoding = 'UTF8'",
] as const;

export async function listTables(
	client: pg.PoolClient,
): Promise<readonly { readonly name: string; readonly columns: readonly string[] }[]> {
	const { rows } = await client.query<{ name: string; columns: string[] }>(
		`select c.relname::text as name, array_agg(a.attname::text order by a.attnum) as columns
		from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
		where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p') and not c.relispartition and c.relname <> $1
		group by c.relname order by c.relname`,
		[OF_MIGRATIONS],
	);
	return rows;
}

export async function listPartitions(client: pg.PoolClient): Promise<Manifest['partitions']> {
	const { rows } = await client.query<Manifest['partitions'][number]>(
		`select c.relname::text as name, p.relname::text as parent, pg_get_expr(c.relpartbound, c.oid) as bound
		from pg_class c join pg_inherits i on i.inhrelid = c.oid join pg_class p on p.oid = i.inhparent
		where c.relnamespace = current_schema()::regnamespace and c.relispartition and c.relkind in ('r', 'p') order by c.relname`,
	);
	return rows;
}

/** Not part of the snapshot: read after it began, so never behind its rows. */
export async function listSequences(client: pg.PoolClient): Promise<Manifest['sequences']> {
	const { rows } = await client.query<{ name: string }>(
		"select relname::text as name from pg_class where relnamespace = current_schema()::regnamespace and relkind = 'S' order by relname",
	);
	const sequences = [];
	for (const { name } of rows) {
		const found = await client.query<{ last: string; called: boolean }>(
			`select last_value::text as last, is_called as called from ${quote(name)}`,
		);
		sequences.push({ name, last: found.rows[0]?.last ?? '1', isCalled: found.rows[0]?.called ?? false });
	}
	return sequences;
}

export async function listApplied(client: pg.PoolClient): Promise<Manifest['migrations']> {
	const { rows } = await client.query<{ there: boolean }>('select to_regclass($1) is not null as there', [OF_MIGRATIONS]);
	if (rows[0]?.there !== true) return [];
	return (await client.query<Manifest['migrations'][number]>(`select version, name, sha256 from ${OF_MIGRATIONS} order by version`)).rows;
}

export async function countRows(client: pg.PoolClient, table: string): Promise<number> {
	const { rows } = await client.query<{ count: string }>(`select count(*) as count from ${quote(table)}`);
	return Number(rows[0]?.count);
}

export interface ForeignKey {
	readonly table: string;
	readonly name: string;
	readonly definition: string;
}

export async function listForeignKeys(client: pg.PoolClient): Promise<readonly ForeignKey[]> {
	const { rows } = await client.query<ForeignKey>(
		`select c.relname::text as "table", k.conname::text as name, pg_get_constraintdef(k.oid) as definition
		from pg_constraint k join pg_class c on c.oid = k.conrelid
		where k.contype = 'f' and k.conparentid = 0 and c.relnamespace = current_schema()::regnamespace order by 1, 2`,
	);
	return rows;
}

export function quote(name: string): string {
	return `"${name.replaceAll('"', '""')}"`;
}
