/** Everything that the database holds, of one moment, as lines: a manifest, the rows of each table as COPY writes them, files, a trailer. */
import { createHash } from 'node:crypto';
import type pg from 'pg';
import type { Database } from '../storage/open-database.ts';
import { countRows, listApplied, listPartitions, listSequences, listTables, quote, SESSION } from './catalogue.ts';
import { copyOut } from './copy-stream.ts';
import { END_OF_SECTION, FORMAT, FORMAT_VERSION, type Manifest, readManifest, writeTrailer } from './manifest.ts';

export interface ExportSource {
	readonly database: Database;
	/** Version of this Holdfast. */
	readonly product: string;
	/** Below `.holdfast`. */
	readonly files: readonly { readonly path: string; readonly content: Buffer }[];
	readonly onProgress?: (progress: TransferProgress) => void;
}

export interface TransferProgress {
	readonly table: string;
	readonly rows: number;
	readonly ofRows: number;
}

/** Takes bytes; a promise when the next are to wait. */
export type Write = (bytes: Buffer) => Promise<void> | null;

const BATCH_BYTES = 128 * 1024;
/** Of a file's content in one line. */
const FILE_LINE_BYTES = 48 * 1024;

/** Changes nothing; engines go on meanwhile. @returns the manifest @throws what `write` rejects with */
export async function writeExport({ database, product, files, onProgress }: ExportSource, write: Write): Promise<Manifest> {
	const hash = createHash('sha256');
	const put: Write = (bytes) => {
		hash.update(bytes);
		return write(bytes);
	};
	return await database.transaction(async (client) => {
		await client.query('set transaction isolation level repeatable read, read only');
		for (const setting of SESSION) await client.query(setting);
		const manifest = await describe(client, product, files);
		await put(line(JSON.stringify(manifest)));
		const ofRows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
		let before = 0;
		for (const table of manifest.tables) {
			const written = await putTable(client, table, {
				put,
				onRows: (rows) => onProgress?.({ table: table.name, rows: before + rows, ofRows }),
			});
			if (written !== table.rows) throw new Error(`expected ${table.rows} rows of ${table.name}, got ${written}`);
			before += written;
			await put(line(END_OF_SECTION));
		}
		for (const { content } of files) {
			for (let at = 0; at < content.length; at += FILE_LINE_BYTES)
				await put(line(content.subarray(at, at + FILE_LINE_BYTES).toString('base64')));
			await put(line(END_OF_SECTION));
		}
		await write(line(writeTrailer(hash.digest('hex'))));
		return manifest;
	});
}

async function describe(client: pg.PoolClient, product: string, files: ExportSource['files']): Promise<Manifest> {
	const { rows } = await client.query<{ now: Date }>('select transaction_timestamp() as now');
	const migrations = await listApplied(client);
	const tables = [];
	for (const table of await listTables(client))
		tables.push({ ...table, columns: [...table.columns], rows: await countRows(client, table.name) });
	const manifest: Manifest = {
		format: FORMAT,
		formatVersion: FORMAT_VERSION,
		product,
		createdAt: rows[0]?.now.toISOString() ?? '',
		schemaVersion: migrations.at(-1)?.version ?? 0,
		migrations: migrations.map(({ version, name, sha256 }) => ({ version, name, sha256 })),
		tables,
		partitions: await listPartitions(client),
		sequences: await listSequences(client),
		files: files.map(({ path, content }) => ({ path, bytes: content.length })),
	};
	// What this could not read back nobody should keep as a backup.
	if (readManifest(JSON.stringify(manifest)) === null)
		throw new Error('the database holds names or partitions that an export cannot describe');
	return manifest;
}

interface PutTable {
	readonly put: Write;
	readonly onRows: (rows: number) => void;
}

async function putTable(client: pg.PoolClient, { name, columns }: Manifest['tables'][number], { put, onRows }: PutTable): Promise<number> {
	let batch: Buffer[] = [];
	let size = 0;
	let rows = 0;
	const flush = (): Promise<void> | null => {
		const bytes = Buffer.concat(batch);
		batch = [];
		size = 0;
		onRows(rows);
		return put(bytes);
	};
	// Of a partitioned table only a query can be copied (PostgreSQL 17 and before).
	const sql = `copy (select ${columns.map(quote).join(', ')} from ${quote(name)}) to stdout`;
	const copied = await copyOut(client, sql, (row) => {
		// The memory that a row came in is used again.
		batch.push(Buffer.from(row));
		size += row.length;
		rows += 1;
		return size < BATCH_BYTES ? null : flush();
	});
	await flush();
	return copied;
}

function line(text: string): Buffer {
	return Buffer.from(`${text}\n`, 'utf8');
}
