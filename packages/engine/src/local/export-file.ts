/** `holdfast export FILE`: everything of this installation in one compressed file, written whole or not at all. */
import { access, link, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { createGzip } from 'node:zlib';
import { findConfig } from '../config/find-config.ts';
import { OperationError } from '../operation-error.ts';
import type { OperationContext } from '../ports.ts';
import type { Manifest } from '../transfer/manifest.ts';
import { type ExportSource, type TransferProgress, type Write, writeExport } from '../transfer/write-export.ts';
import { openStorage } from './open-storage.ts';

export interface ExportInput {
	readonly file: string;
	readonly config?: string | undefined;
	/** Takes the place of a file that is there. */
	readonly overwrite?: boolean;
	/** The private key of this instance goes with it: the file is then a secret. */
	readonly withKeys?: boolean;
	/** Version of this Holdfast. */
	readonly product: string;
	readonly say: (sentence: string) => void;
	readonly onProgress?: (progress: TransferProgress) => void;
}

export interface ExportReport extends Manifest {
	readonly file: string;
	readonly sizeBytes: number;
}

/** @throws OperationError in one sentence; then no file was made */
export async function exportToFile(ctx: OperationContext, input: ExportInput): Promise<ExportReport> {
	const file = resolve(ctx.directory, input.file);
	if (input.overwrite !== true && (await isThere(file)))
		throw new OperationError('conflict', `${input.file} is there already`, { hint: 'Choose another name, or add --overwrite.' });
	const directory = await findDirectory(ctx, input.config);
	const isOurs = await isThere(join(directory, '.holdfast', 'postgres', 'data', 'PG_VERSION'));
	// A server that was stopped is started for this; one that was never made would be made.
	const storage = await openStorage(ctx, { directory, start: isOurs, say: input.say });
	try {
		const files = await collectFiles(join(directory, '.holdfast'), input.withKeys === true ? ['history', 'keys'] : ['history']);
		const { database } = storage;
		const { rows } = await database.pool.query<{ there: boolean }>("select to_regclass('schema_migration') is not null as there");
		if (rows[0]?.there !== true)
			throw new OperationError('precondition', 'there is nothing to export: this database was never used', {
				hint: 'Start it once with holdfast up.',
			});
		return await writeWhole(file, input, { database, files, product: input.product, ...pick(input.onProgress) });
	} finally {
		await storage.close({ andServer: true });
	}
}

async function writeWhole(file: string, input: ExportInput, source: ExportSource): Promise<ExportReport> {
	const partial = `${file}.${process.pid}.partial`;
	try {
		const handle = await open(partial, 'wx', 0o600);
		let manifest: Manifest;
		try {
			const gzip = createGzip();
			const { write, end } = packInto(gzip, handle);
			manifest = await writeExport(source, write);
			await end();
			await handle.sync();
		} finally {
			await handle.close();
		}
		const sizeBytes = (await stat(partial)).size;
		// A name that somebody took meanwhile stays theirs.
		if (input.overwrite === true) await rename(partial, file);
		else await link(partial, file);
		return { ...manifest, file: input.file, sizeBytes };
	} catch (error) {
		const { code } = error as NodeJS.ErrnoException;
		if (typeof code === 'string' && /^E[A-Z]+$/.test(code))
			throw new OperationError('precondition', `${input.file} could not be written: ${WORDS[code] ?? code}`, {
				hint: 'Nothing was left behind. Choose another place.',
				cause: error,
			});
		throw error;
	} finally {
		await rm(partial, { force: true });
	}
}

const WORDS: Readonly<Record<string, string>> = {
	ENOSPC: 'the disk is full',
	EDQUOT: 'the quota of the disk is used up',
	EACCES: 'permission denied',
	EROFS: 'the disk is read-only',
	ENOENT: 'there is no such folder',
	EEXIST: 'somebody made it meanwhile',
};

/** What is compressed waits for the disk, and whoever writes for what is compressed. */
function packInto(
	gzip: ReturnType<typeof createGzip>,
	handle: Awaited<ReturnType<typeof open>>,
): { write: Write; end: () => Promise<void> } {
	const pumped = (async () => {
		for await (const chunk of gzip) await handle.writeFile(chunk as Buffer);
	})();
	pumped.catch((error: Error) => gzip.destroy(error));
	return {
		write: (bytes) => {
			if (gzip.destroyed) return pumped;
			if (gzip.write(bytes)) return null;
			return Promise.race([new Promise<void>((done) => gzip.once('drain', done)), pumped]);
		},
		end: async () => {
			gzip.end();
			await pumped;
		},
	};
}

async function collectFiles(home: string, folders: readonly string[]): Promise<ExportSource['files']> {
	const files = [];
	for (const folder of folders)
		for (const entry of await readdir(join(home, folder), { withFileTypes: true }).catch(() => []))
			if (entry.isFile() && /^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(entry.name) && !entry.name.endsWith('.lock'))
				files.push({ path: `${folder}/${entry.name}`, content: await readFile(join(home, folder, entry.name)) });
	return files;
}

/** Folder of the configuration, named or nearest; the working directory without one. */
export async function findDirectory(ctx: OperationContext, config: string | undefined): Promise<string> {
	const path = config === undefined ? await findConfig(ctx.files, ctx.directory) : resolve(ctx.directory, config);
	return path === null ? ctx.directory : dirname(path);
}

export async function isThere(path: string): Promise<boolean> {
	return access(path).then(
		() => true,
		() => false,
	);
}

function pick(onProgress: ExportInput['onProgress']): Pick<ExportSource, 'onProgress'> {
	return onProgress === undefined ? {} : { onProgress };
}
