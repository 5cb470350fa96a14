import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The top folder of the checkout. */
export const root = join(import.meta.dirname, '..', '..');

/** Paths from the top folder, with `/`, of every file that is committed or about to be (git's ignore rules hold). */
export function listFiles(): readonly string[] {
	const output = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root, maxBuffer: 1 << 26 });
	const files = output.toString('utf8').split('\0').filter(Boolean);
	// Git goes on naming a file that was deleted but is still in its index.
	return [...new Set(files)].filter((file) => existsSync(join(root, file))).sort();
}

export function readText(file: string): string {
	return readFileSync(join(root, file), 'utf8');
}

const CODE = /\.(?:[cm]?[jt]sx?)$/;

/** Source files in any dialect of JavaScript or TypeScript. */
export function isCode(file: string): boolean {
	return CODE.test(file);
}

/** Tests, what only they use, and the scripts of a workspace: they may read files and use the development tools of the root. */
export function isTestCode(file: string): boolean {
	if (/\.test\.[cm]?[jt]sx?$/.test(file) || /(?:^|[/-])contract-suite\.ts$/.test(file)) return true;
	return /(?:^|\/)(?:fixtures|test)\//.test(file) || /^examples\/[^/]+\/scripts\//.test(file);
}
