/**
 * A release of the example in a folder of its own, whose files a fault may change: hard links to the build of the checkout, each broken
 * before it is written.
 */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { cp, link, mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

export const shopFolder = fileURLToPath(new URL('../../../examples/shop/', import.meta.url));
const modules = fileURLToPath(new URL('../../../node_modules', import.meta.url));

/** What a server needs to run the shop; sources and caches stay behind. */
const parts = ['.next', 'public', 'scripts', 'package.json', 'next.config.ts', 'next.config.mjs', 'next.config.js'];

/**
 * @param {string} folder must not exist yet
 * @throws {Error} When the shop is not built.
 */
export async function makeRelease(folder) {
	if (!existsSync(join(shopFolder, '.next', 'BUILD_ID'))) throw new Error('the shop is not built: run npm run build first');
	await mkdir(folder, { recursive: true });
	for (const part of parts) {
		const from = join(shopFolder, part);
		if (existsSync(from)) await linkTree(from, join(folder, part), (path) => /\.next\/(cache|dev|diagnostics|analyze)(\/|$)/.test(path));
	}
	await symlink(modules, join(folder, 'node_modules'));
	return folder;
}

/**
 * @param {string} from
 * @param {string} to
 * @param {(path: string) => boolean} skips
 */
async function linkTree(from, to, skips) {
	if (skips(from)) return;
	if (!statSync(from).isDirectory()) {
		await mkdir(dirname(to), { recursive: true });
		await link(from, to).catch(() => cp(from, to));
		return;
	}
	await mkdir(to, { recursive: true });
	for (const name of await readdir(from)) await linkTree(join(from, name), join(to, name), skips);
}

/**
 * Changes one file of a release; null removes it.
 * @param {string} file absolute
 * @param {(bytes: Buffer) => Buffer | string | null} change
 * @returns {Promise<() => Promise<void>>} puts the old bytes back.
 */
export async function changeFile(file, change) {
	const old = await readFile(file);
	const next = change(old);
	// Removed first: the name may be a link to the file of the checkout.
	await rm(file);
	if (next !== null) await writeFile(file, next);
	return async () => {
		await rm(file, { force: true });
		await writeFile(file, old);
	};
}

/**
 * @param {string} folder
 * @param {RegExp} name
 * @returns {string[]} Absolute paths, the largest file first.
 */
export function findFiles(folder, name) {
	/** @type {string[]} */
	const found = [];
	const walk = (/** @type {string} */ at) => {
		for (const entry of readdirSync(at, { withFileTypes: true })) {
			const path = join(at, entry.name);
			if (entry.isDirectory()) walk(path);
			else if (name.test(relative(folder, path))) found.push(path);
		}
	};
	walk(folder);
	return found.sort((a, b) => statSync(b).size - statSync(a).size);
}
