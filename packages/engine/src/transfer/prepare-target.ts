/** The database that an import goes into: judged, emptied and brought to the schema of the file. All within the transaction of the import. */
import type pg from 'pg';
import { OperationError } from '../operation-error.ts';
import { hashMigration, LOCK, type Migration, migrateWithin } from '../storage/migrate.ts';
import { countRows, listApplied, listForeignKeys, listPartitions, listTables, quote, SESSION } from './catalogue.ts';
import type { Manifest } from './manifest.ts';

/** @throws OperationError when this code cannot read what the file holds */
export function judgeSchema(manifest: Manifest, known: readonly Migration[]): void {
	const newest = known.at(-1)?.version ?? 0;
	if (manifest.schemaVersion > newest)
		throw new OperationError(
			'precondition',
			`the file has schema ${manifest.schemaVersion} (Holdfast ${manifest.product}), and this Holdfast knows ${newest}`,
			{ hint: 'Import it with the Holdfast that wrote it, or a newer one.' },
		);
	const strange = manifest.migrations.find(({ version, sha256 }) => {
		const step = known.find((each) => each.version === version);
		return step === undefined || hashMigration(step.sql) !== sha256;
	});
	if (strange === undefined) return;
	throw new OperationError(
		'precondition',
		`the file was written by another Holdfast: its schema has ${strange.name}, which this one does not know`,
		{
			hint: `Import it with Holdfast ${manifest.product}.`,
		},
	);
}

/** @throws OperationError `conflict` when there is something in it, or somebody uses it */
export async function requireFree(client: pg.PoolClient, { replace }: { readonly replace: boolean }): Promise<void> {
	await client.query("set local lock_timeout = '10s'");
	await client.query('select pg_advisory_xact_lock($1)', [LOCK]);
	const others = await client.query(
		"select 1 from pg_stat_activity where application_name = 'holdfast' and datname = current_database() and pid <> pg_backend_pid()",
	);
	if (others.rows.length > 0)
		throw new OperationError('conflict', 'another Holdfast uses this database', { hint: 'End holdfast up, then import.' });
	const tables = await listTables(client);
	if (tables.length > 0 && (await listApplied(client)).length === 0)
		throw new OperationError(
			'conflict',
			`the database has tables that Holdfast did not make: ${tables
				.slice(0, 5)
				.map(({ name }) => name)
				.join(', ')}`,
			{
				hint: 'Give Holdfast a database of its own.',
			},
		);
	if (replace) return;
	for (const { name } of tables) {
		const rows = await countRows(client, name);
		if (rows > 0)
			throw new OperationError('conflict', `the database is not empty: ${name} has ${rows} ${rows === 1 ? 'row' : 'rows'}`, {
				hint: 'Import into an empty one, or add --replace: what is there is then lost.',
			});
	}
}

/** @returns what puts rules and numbers back and brings the schema to that of this code, once the rows are there */
export async function makeTarget(client: pg.PoolClient, manifest: Manifest, known: readonly Migration[]): Promise<() => Promise<void>> {
	for (const name of [...(await listTables(client)).map((table) => table.name), 'schema_migration'])
		await client.query(`drop table if exists ${quote(name)} cascade`);
	await dropRoutines(client);
	const isIn = ({ version }: Migration) => manifest.migrations.some((one) => one.version === version);
	await migrateWithin(client, known.filter(isIn));
	// A migration may speak of its session.
	for (const setting of SESSION) await client.query(setting);
	const has = new Set((await listPartitions(client)).map(({ name }) => name));
	// Their form was judged with the manifest, so that nothing else than bounds stands there.
	for (const { name, parent, bound } of manifest.partitions)
		if (!has.has(name)) await client.query(`create table ${quote(name)} partition of ${quote(parent)} ${bound}`);
	const tables = (await listTables(client)).map(({ name }) => quote(name));
	const keys = await listForeignKeys(client);
	for (const { table, name } of keys) await client.query(`alter table ${quote(table)} drop constraint ${quote(name)}`);
	if (tables.length > 0) await client.query(`truncate ${tables.join(', ')}`);
	for (const table of tables) await client.query(`alter table ${table} disable trigger user`);
	return async () => {
		for (const table of tables) await client.query(`alter table ${table} enable trigger user`);
		for (const { table, name, definition } of keys)
			await client.query(`alter table ${quote(table)} add constraint ${quote(name)} ${definition}`);
		for (const { name, last, isCalled } of manifest.sequences)
			await client.query('select setval($1::regclass, $2, $3)', [quote(name), last, isCalled]);
		await migrateWithin(
			client,
			known.filter((step) => !isIn(step)),
		);
	};
}

async function dropRoutines(client: pg.PoolClient): Promise<void> {
	const { rows } = await client.query<{ statement: string }>(
		`select format('drop %s if exists %s cascade', case prokind when 'p' then 'procedure' when 'a' then 'aggregate' else 'function' end, oid::regprocedure) as statement
		from pg_proc where pronamespace = current_schema()::regnamespace and not exists (select 1 from pg_depend where objid = pg_proc.oid and deptype = 'e')
		union all
		select format('drop %s if exists %s cascade', case relkind when 'v' then 'view' when 'm' then 'materialized view' else 'sequence' end, oid::regclass)
		from pg_class where relnamespace = current_schema()::regnamespace and relkind in ('v', 'm', 'S')
		union all
		select format('drop type if exists %s cascade', oid::regtype) from pg_type
		where typnamespace = current_schema()::regnamespace and typtype in ('e', 'd')`,
	);
	for (const { statement } of rows) await client.query(statement);
}
