import { cp, lstat, mkdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import { isReachableByOthers } from './reachable.ts';
import type { UnprivilegedUser } from './unprivileged-user.ts';

/**
 * Makes the binaries usable: the links that an install without scripts leaves out are made, and where the user who runs them cannot come
 * to them they are copied to where he can.
 *
 * @param folder as `findBinaries` gives it
 * @param say told when something had to be copied
 * @returns the folder to run them from
 */
export async function prepareBinaries(folder: string, user: UnprivilegedUser | null, say: (sentence: string) => void): Promise<string> {
	if (user === null || (await isReachableByOthers(folder))) {
		await linkLibraries(folder);
		return folder;
	}
	const copy = join(tmpdir(), `holdfast-postgres-${await readVersion(folder)}`, 'native');
	if ((await lstat(join(copy, 'bin', 'postgres')).catch(() => null)) === null) {
		say(`PostgreSQL runs as ${user.name}, who cannot read ${folder}: it is copied to ${copy}.`);
		const half = `${dirname(copy)}.${process.pid}`;
		await rm(half, { recursive: true, force: true });
		await mkdir(half, { recursive: true, mode: 0o755 });
		await cp(folder, join(half, 'native'), { recursive: true, verbatimSymlinks: true });
		await linkLibraries(join(half, 'native'));
		// Two that start at once copy the same bytes; the second finds the place taken.
		await rename(half, dirname(copy)).catch(() => rm(half, { recursive: true, force: true }));
	}
	return copy;
}

async function readVersion(folder: string): Promise<string> {
	const { version }: { version?: unknown } = JSON.parse(await readFile(join(folder, '..', 'package.json'), 'utf8'));
	return String(version);
}

/** The package lists the links of its shared libraries and makes them in a script of its install, which may not have run. */
async function linkLibraries(folder: string): Promise<void> {
	const list = await readFile(join(folder, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
	const links: readonly { source: string; target: string }[] = JSON.parse(list);
	for (const { source, target } of links) {
		const at = join(folder, '..', target);
		if ((await lstat(at).catch(() => null)) !== null) continue;
		const points = dirname(source) === dirname(target) ? basename(source) : relative(dirname(target), source);
		await symlink(points, at).catch((error: NodeJS.ErrnoException) => {
			if (error.code !== 'EEXIST') throw error;
		});
	}
}
