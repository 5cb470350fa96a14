import { chmod, lstat, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLocalFiles } from './local-files.ts';

const files = createLocalFiles();
const bytes = (text: string) => new TextEncoder().encode(text);
let folder: string;

beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'holdfast-files-'));
});
afterEach(async () => {
	await rm(folder, { recursive: true });
});

async function versionOf(path: string): Promise<string> {
	const reading = await files.read(path, 1000);
	if (reading.kind !== 'file') throw new Error(`expected a file, got ${reading.kind}`);
	return reading.version;
}

describe('reading', () => {
	it('tells missing files, folders and devices apart', async () => {
		expect(await files.read(join(folder, 'none'), 10)).toEqual({ kind: 'missing' });
		expect(await files.read(folder, 10)).toEqual({ kind: 'directory' });
		expect(await files.read('/dev/zero', 10)).toEqual({ kind: 'special' });
	});

	it('does not read a file above the limit', async () => {
		const path = join(folder, 'huge.md');
		await writeFile(path, '');
		await truncate(path, 50 * 1024 * 1024);
		expect(await files.read(path, 5 * 1024 * 1024)).toEqual({ kind: 'too-large', sizeBytes: 50 * 1024 * 1024 });
	});

	it('reads a file of exactly the limit', async () => {
		const path = join(folder, 'full.md');
		await writeFile(path, 'x'.repeat(100_000));
		expect(await files.read(path, 100_000)).toMatchObject({ kind: 'file' });
		expect(await files.read(path, 99_999)).toMatchObject({ kind: 'too-large', sizeBytes: 100_000 });
	});
});

describe('writing', () => {
	it('replaces the bytes and keeps the mode, leaving nothing beside them', async () => {
		const path = join(folder, 'RUNBOOK.md');
		await writeFile(path, 'before');
		await chmod(path, 0o640);
		expect(await files.write(path, bytes('after'), { expected: await versionOf(path) })).toEqual({ kind: 'written' });
		expect(await readFile(path, 'utf8')).toBe('after');
		expect((await stat(path)).mode & 0o777).toBe(0o640);
		expect(await readdir(folder)).toEqual(['RUNBOOK.md']);
	});

	it('writes through a symbolic link to its target', async () => {
		await mkdir(join(folder, 'docs'));
		const target = join(folder, 'docs', 'RUNBOOK.md');
		const path = join(folder, 'RUNBOOK.md');
		await writeFile(target, 'before');
		await symlink(target, path);
		expect(await files.write(path, bytes('after'), { expected: await versionOf(path) })).toEqual({ kind: 'written' });
		expect((await lstat(path)).isSymbolicLink()).toBe(true);
		expect(await readFile(target, 'utf8')).toBe('after');
	});

	it('writes nothing when the file has changed since it was read', async () => {
		const path = join(folder, 'RUNBOOK.md');
		await writeFile(path, 'before');
		const version = await versionOf(path);
		await writeFile(path, 'somebody else');
		expect(await files.write(path, bytes('after'), { expected: version })).toEqual({ kind: 'changed' });
		expect(await readFile(path, 'utf8')).toBe('somebody else');
		expect(await readdir(folder)).toEqual(['RUNBOOK.md']);
	});

	it('writes nothing when the file has gone since it was read', async () => {
		const path = join(folder, 'RUNBOOK.md');
		expect(await files.write(path, bytes('after'), { expected: 'any' })).toEqual({ kind: 'changed' });
		expect(await readdir(folder)).toEqual([]);
	});

	it('makes a new file only where none is', async () => {
		const path = join(folder, 'holdfast.yaml');
		expect(await files.write(path, bytes('one'), { expected: null })).toEqual({ kind: 'written' });
		expect(await files.write(path, bytes('two'), { expected: null })).toEqual({ kind: 'changed' });
		expect(await readFile(path, 'utf8')).toBe('one');
		expect(await readdir(folder)).toEqual(['holdfast.yaml']);
	});

	it('of ten who make the same new file, one wins and the file is whole', async () => {
		const path = join(folder, 'holdfast.yaml');
		const results = await Promise.all(
			Array.from({ length: 10 }, (_, index) => files.write(path, bytes(String(index).repeat(10_000)), { expected: null })),
		);
		expect(results.filter(({ kind }) => kind === 'written')).toHaveLength(1);
		expect(new Set(await readFile(path, 'utf8')).size).toBe(1);
	});

	it('replaces a file whose name is as long as names may be', async () => {
		const path = join(folder, `${'a'.repeat(252)}.md`);
		await writeFile(path, 'before');
		expect(await files.write(path, bytes('after'), { expected: await versionOf(path) })).toEqual({ kind: 'written' });
	});

	it('lets only the owner read a new file that is for nobody else, and keeps it that way', async () => {
		const noLinks = () => Promise.reject(Object.assign(new Error('no links here'), { code: 'EPERM' }));
		for (const port of [files, createLocalFiles({ link: noLinks })]) {
			const path = join(folder, port === files ? 'a.jsonl' : 'b.jsonl');
			expect(await port.write(path, bytes('one'), { expected: null, readers: 'owner' })).toEqual({ kind: 'written' });
			expect((await stat(path)).mode & 0o777).toBe(0o600);
			expect(await port.write(path, bytes('two'), { expected: await versionOf(path) })).toEqual({ kind: 'written' });
			expect((await stat(path)).mode & 0o777).toBe(0o600);
		}
		expect(await files.write(join(folder, 'holdfast.yaml'), bytes('x'), { expected: null })).toEqual({ kind: 'written' });
		expect((await stat(join(folder, 'holdfast.yaml'))).mode & 0o777).toBe(0o666 & ~process.umask() & 0o644);
	});

	it('makes a new file where the file system knows no links, still only where none is', async () => {
		const refused = Object.assign(new Error('no links here'), { code: 'EPERM' });
		const plain = createLocalFiles({ link: () => Promise.reject(refused) });
		const path = join(folder, 'holdfast.yaml');
		expect(await plain.write(path, bytes('one'), { expected: null })).toEqual({ kind: 'written' });
		expect(await plain.write(path, bytes('two'), { expected: null })).toEqual({ kind: 'changed' });
		expect(await readFile(path, 'utf8')).toBe('one');
		expect(await readdir(folder)).toEqual(['holdfast.yaml']);
	});

	it.each(['EIO', 'EBUSY', 'EISDIR'])('says %s in the word of the system', async (code) => {
		const plain = createLocalFiles({ link: () => Promise.reject(Object.assign(new Error(code), { code })) });
		expect(await plain.write(join(folder, 'a'), bytes('x'), { expected: null })).toEqual({
			kind: 'forbidden',
			reason: `the system refuses it (${code})`,
		});
	});

	it('takes a path with a zero character for one that cannot be', async () => {
		expect(await files.read('a\0b', 10)).toMatchObject({ kind: 'forbidden' });
	});

	it('says when the folder is not there', async () => {
		expect(await files.write(join(folder, 'none', 'holdfast.yaml'), bytes('x'), { expected: null })).toEqual({ kind: 'no-directory' });
	});
});
