/**
 * An export into a database, all or nothing: one transaction that ends well only when every row, every count and the digest of the whole
 * file are right.
 */
import type pg from 'pg';
import { OperationError } from '../operation-error.ts';
import { listMigrations, type Migration } from '../storage/migrate.ts';
import type { Database } from '../storage/open-database.ts';
import { listTables, quote } from './catalogue.ts';
import { copyIn } from './copy-stream.ts';
import { END_OF_SECTION, type Manifest, readManifest, readTrailer } from './manifest.ts';
import { judgeSchema, makeTarget, requireFree } from './prepare-target.ts';
import { type LineReader, readLines } from './read-lines.ts';
import type { TransferProgress } from './write-export.ts';

export interface ImportTarget {
	readonly database: Database;
	/** What is in the database is lost. */
	readonly replace: boolean;
	/** Given each file before the end of the transaction, whole; it is to be put aside until then. */
	readonly putFile: (path: string, content: Buffer) => Promise<void>;
	readonly onProgress?: (progress: TransferProgress) => void;
	/** Steps of the schema; those of this code when absent. */
	readonly known?: readonly Migration[];
}

/** @param source the lines of an export, without compression @returns what was in it @throws OperationError in one sentence; then nothing was changed */
export async function readImport(source: AsyncIterable<Buffer>, target: ImportTarget): Promise<Manifest> {
	const known = target.known ?? (await listMigrations());
	const lines = readLines(source);
	const first = await lines.next();
	const manifest = first === null ? null : readManifest(first);
	if (manifest === null) throw new OperationError('invalid', 'this is no export of Holdfast: its first line is no manifest');
	judgeSchema(manifest, known);
	return await target.database.transaction(async (client) => {
		await requireFree(client, target);
		const finish = await makeTarget(client, manifest, known);
		const has = new Map((await listTables(client)).map(({ name, columns }) => [name, columns]));
		const ofRows = manifest.tables.reduce((sum, { rows }) => sum + rows, 0);
		let before = 0;
		for (const table of manifest.tables) {
			if (!table.columns.every((column) => has.get(table.name)?.includes(column)))
				throw damaged(`it has a table ${table.name} that schema ${manifest.schemaVersion} does not have`);
			await loadTable(client, table, lines);
			before += table.rows;
			target.onProgress?.({ table: table.name, rows: before, ofRows });
		}
		for (const file of manifest.files) await target.putFile(file.path, await loadFile(file, lines));
		const last = await lines.next();
		const digest = lines.digestBefore();
		if (last === null || readTrailer(last) === null) throw damaged('its last line is missing');
		if (readTrailer(last) !== digest) throw damaged('what it holds is not what was written (SHA-256)');
		if (!(await lines.isAtEnd())) throw damaged('something stands after its last line');
		await finish().catch((error: unknown) => {
			throw isAboutData(error) ? damaged(`its rows do not belong together: ${(error as Error).message}`) : error;
		});
		return manifest;
	});
}

async function loadTable(client: pg.PoolClient, { name, columns, rows }: Manifest['tables'][number], lines: LineReader): Promise<void> {
	try {
		const copy = await copyIn(client, `copy ${quote(name)} (${columns.map(quote).join(', ')}) from stdin`);
		const isWhole = await lines.until(END_OF_SECTION, copy.write).catch(async (error: unknown) => {
			await copy.end().catch(() => undefined);
			throw error;
		});
		const taken = await copy.end();
		if (!isWhole) throw damaged(`it ends within the table ${name}`);
		if (taken !== rows) throw damaged(`expected ${rows} rows of ${name}, got ${taken}`);
	} catch (error) {
		throw isAboutData(error) ? damaged(`a row of ${name} cannot be read: ${(error as Error).message}`) : error;
	}
}

async function loadFile({ path, bytes }: Manifest['files'][number], lines: LineReader): Promise<Buffer> {
	const parts: Buffer[] = [];
	const isWhole = await lines.until(END_OF_SECTION, (some) => {
		for (const line of some.toString('latin1').split('\n')) parts.push(Buffer.from(line, 'base64'));
		return null;
	});
	const content = Buffer.concat(parts);
	if (!isWhole || content.length !== bytes) throw damaged(`expected ${bytes} bytes of ${path}, got ${content.length}`);
	return content;
}

/** Data exception and integrity constraint violation (PostgreSQL documentation, appendix A). */
function isAboutData(error: unknown): boolean {
	const { code } = error as { readonly code?: unknown };
	return typeof code === 'string' && /^2[23]/.test(code);
}

/** @param what in a clause */
export function damaged(what: string): OperationError {
	return new OperationError('invalid', `the file is damaged: ${what}`, { hint: 'Nothing was changed. Take another copy of it.' });
}
