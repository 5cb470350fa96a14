/** `holdfast import FILE`: an export into the database of this installation, and its files beside the configuration. All or nothing. */
import { createReadStream } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { createGunzip } from 'node:zlib';
import { makeHome } from '../history/local-history.ts';
import { OperationError } from '../operation-error.ts';
import type { OperationContext } from '../ports.ts';
import type { Manifest } from '../transfer/manifest.ts';
import { damaged, readImport } from '../transfer/read-import.ts';
import type { TransferProgress } from '../transfer/write-export.ts';
import { findDirectory } from './export-file.ts';
import { openStorage } from './open-storage.ts';

export interface ImportInput {
	readonly file: string;
	readonly config?: string | undefined;
	/** What is in the database, and files of the same name, are lost. */
	readonly replace: boolean;
	readonly say: (sentence: string) => void;
	readonly onProgress?: (progress: TransferProgress) => void;
}

/** @throws OperationError in one sentence; then nothing was changed */
export async function importFromFile(ctx: OperationContext, input: ImportInput): Promise<Manifest> {
	const path = resolve(ctx.directory, input.file);
	const directory = await findDirectory(ctx, input.config);
	const home = join(directory, '.holdfast');
	// Before a database is made for it.
	await requireGzip(path, input.file);
	const storage = await openStorage(ctx, { directory, start: true, say: input.say });
	const aside = join(home, 'import.new');
	try {
		await makeHome(directory);
		await rm(aside, { recursive: true, force: true });
		const manifest = await readImport(unpack(path, input.file), {
			database: storage.database,
			replace: input.replace,
			putFile: async (name, content) => {
				const kept = await readFile(join(home, name)).catch(() => null);
				if (kept !== null && !kept.equals(content) && !input.replace)
					throw new OperationError('conflict', `.holdfast/${name} is there already, and is another one`, {
						hint: 'Move it away, or add --replace: what is there is then lost.',
					});
				await mkdir(dirname(join(aside, name)), { recursive: true, mode: 0o700 });
				await writeFile(join(aside, name), content, { mode: 0o600 });
			},
			...(input.onProgress === undefined ? {} : { onProgress: input.onProgress }),
		});
		for (const { path: name } of manifest.files) {
			await mkdir(dirname(join(home, name)), { recursive: true, mode: 0o700 });
			await rename(join(aside, name), join(home, name));
		}
		return manifest;
	} finally {
		await rm(aside, { recursive: true, force: true });
		await storage.close({ andServer: true });
	}
}

/** Of gzip (RFC 1952, 2.3.1). */
const MAGIC = Buffer.from([0x1f, 0x8b]);

async function requireGzip(path: string, shown: string): Promise<void> {
	const head: Buffer[] = [];
	try {
		for await (const chunk of createReadStream(path, { end: 1 })) head.push(chunk as Buffer);
	} catch (error) {
		const { code } = error as NodeJS.ErrnoException;
		throw new OperationError('not_found', `${shown} cannot be read: ${code === 'ENOENT' ? 'there is no such file' : (code ?? 'unknown')}`);
	}
	if (!Buffer.concat(head).equals(MAGIC))
		throw new OperationError('invalid', `${shown} is no export of Holdfast: it is not compressed as one`);
}

async function* unpack(path: string, shown: string): AsyncGenerator<Buffer> {
	const from = createReadStream(path);
	const gunzip = createGunzip();
	from.on('error', (error) => gunzip.destroy(error));
	from.pipe(gunzip);
	try {
		for await (const chunk of gunzip) yield chunk as Buffer;
	} catch (error) {
		const { code } = error as NodeJS.ErrnoException;
		if (code === 'Z_BUF_ERROR') throw damaged(`${shown} is cut off`);
		if (code?.startsWith('Z_') === true) throw damaged(`${shown} cannot be decompressed`);
		throw error;
	} finally {
		from.destroy();
	}
}
