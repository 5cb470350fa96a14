import { createHash, randomBytes } from 'node:crypto';
import type { Stats } from 'node:fs';
import { link, open, readdir, realpath, rename, stat, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { FilePort, FileReading, FileWriting, WriteOptions } from '../ports.ts';

/** A file that has grown beyond this since it was read has changed: no need to read it to the end. */
const UNCHANGED_LIMIT_BYTES = 64 * 1024 * 1024;

/** Files of this machine. Guarantee of `write`: readers see the old bytes or the new ones, never a part; a crash leaves the old ones. */
export function createLocalFiles(system: { readonly link: typeof link } = { link }): FilePort {
	const write: FilePort['write'] = (path, bytes, options) => writeWhole(path, bytes, { ...options, link: system.link });
	return { read: readBounded, write, list: listNames };
}

async function readBounded(path: string, limitBytes: number): Promise<FileReading> {
	try {
		// The kind is looked at before opening: opening a pipe would wait for its writer for ever.
		const before = await stat(path);
		if (before.isDirectory()) return { kind: 'directory' };
		if (!before.isFile()) return { kind: 'special' };
		if (before.size > limitBytes) return { kind: 'too-large', sizeBytes: before.size };
		const handle = await open(path, 'r');
		try {
			// One byte more than allowed shows a file that grew since (or says size 0, as files of /proc do).
			const buffer = Buffer.alloc(Math.min(limitBytes, Math.max(before.size, 65_536)) + 1);
			let length = 0;
			for (;;) {
				const { bytesRead } = await handle.read(buffer, length, buffer.length - length, length);
				if (bytesRead === 0) break;
				length += bytesRead;
				if (length === buffer.length) return { kind: 'too-large', sizeBytes: Math.max((await handle.stat()).size, length) };
			}
			const bytes = buffer.subarray(0, length);
			return { kind: 'file', bytes, version: digest(bytes) };
		} finally {
			await handle.close();
		}
	} catch (error) {
		const code = codeOf(error);
		if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ELOOP' || code === 'ENAMETOOLONG') return { kind: 'missing' };
		if (code === 'EACCES' || code === 'EPERM') return { kind: 'forbidden' };
		if (isSystemError(error)) return { kind: 'forbidden', reason: `the system cannot read it (${code})` };
		throw error;
	}
}

interface WriteWholeOptions extends WriteOptions {
	readonly link: typeof link;
}

async function writeWhole(path: string, bytes: Uint8Array, { expected, readers, link: makeLink }: WriteWholeOptions): Promise<FileWriting> {
	const mode = readers === 'owner' ? 0o600 : 0o644;
	try {
		const target = expected === null ? path : await realpath(path);
		const temporary = join(dirname(target), `.holdfast-${randomBytes(6).toString('hex')}.tmp`);
		try {
			await writeTemporary(temporary, bytes, expected === null ? mode : await stat(target));
			if (expected === null) {
				// A hard link fails where the name exists: no window between looking and writing.
				await makeLink(temporary, target).catch((error: unknown) => writeWithoutLink(error, target, { bytes, mode }));
				return { kind: 'written' };
			}
			if (digestOf(await readBounded(target, UNCHANGED_LIMIT_BYTES)) !== expected) return { kind: 'changed' };
			await rename(temporary, target);
			return { kind: 'written' };
		} finally {
			await unlink(temporary).catch(() => undefined);
		}
	} catch (error) {
		switch (codeOf(error)) {
			case 'EEXIST':
				return { kind: 'changed' };
			case 'ENOENT':
				return expected === null ? { kind: 'no-directory' } : { kind: 'changed' };
			case 'ENOTDIR':
				return { kind: 'no-directory' };
			case 'EACCES':
			case 'EPERM':
				return { kind: 'forbidden', reason: 'this account may not write there' };
			case 'EROFS':
				return { kind: 'forbidden', reason: 'the file system is mounted read-only' };
			case 'ENOSPC':
			case 'EDQUOT':
				return { kind: 'forbidden', reason: 'the disk is full' };
			default:
				if (isSystemError(error)) return { kind: 'forbidden', reason: `the system refuses it (${codeOf(error)})` };
				throw error;
		}
	}
}

/** File systems without hard links (FAT, some network and overlay mounts): made in place, still only where nothing is. */
async function writeWithoutLink(error: unknown, target: string, made: { bytes: Uint8Array; mode: number }): Promise<void> {
	if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EXDEV'].includes(codeOf(error))) throw error;
	const handle = await open(target, 'wx', made.mode);
	try {
		await handle.writeFile(made.bytes);
		await handle.sync();
	} catch (cause) {
		await unlink(target).catch(() => undefined);
		throw cause;
	} finally {
		await handle.close();
	}
}

/** Failed by the operating system (EIO, EBUSY, EISDIR, …), or refused before it by Node for a path that cannot be one. */
function isSystemError(error: unknown): boolean {
	return /^E[A-Z0-9]+$|^ERR_INVALID_ARG_VALUE$/.test(codeOf(error));
}

/** `like`: the mode of a new file, or the file whose place it takes. Until it has that one's owner and mode, nobody else may read it. */
async function writeTemporary(path: string, bytes: Uint8Array, like: Stats | number): Promise<void> {
	const handle = await open(path, 'wx', typeof like === 'number' ? like : 0o600);
	try {
		await handle.writeFile(bytes);
		if (typeof like !== 'number') {
			// Ownership can be kept only by the superuser; where it cannot, the new file is the writer's, as with any editor.
			await handle.chown(like.uid, like.gid).catch(() => undefined);
			await handle.chmod(like.mode & 0o7777);
		}
		await handle.sync();
	} finally {
		await handle.close();
	}
}

async function listNames(directory: string): Promise<readonly string[]> {
	try {
		return (await readdir(directory)).sort();
	} catch {
		return [];
	}
}

function digest(bytes: Uint8Array): string {
	return createHash('sha256').update(bytes).digest('hex');
}

function digestOf(reading: FileReading): string | null {
	return reading.kind === 'file' ? reading.version : null;
}

function codeOf(error: unknown): string {
	return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}
