import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.mjs';
import { runCommand } from './run-command.mjs';

/**
 * @typedef {{ version?: string, link?: boolean, optional?: boolean, devOptional?: boolean, peer?: boolean, inBundle?: boolean }} LockEntry
 * @typedef {{ packages?: Record<string, LockEntry> }} Lock
 */

/**
 * Compares the lock file with the record that npm keeps of what it installed (`node_modules/.package-lock.json`).
 * Optional packages (binaries of other platforms) may be absent; workspaces are links and have no version of their own.
 *
 * @param {Lock} lock Contents of package-lock.json.
 * @param {Lock | null} installed Contents of the record; null when there is none.
 * @returns {string[]} Places (`node_modules/zod`) that are missing or hold another version. Empty: nothing to install.
 */
export function findMissingPackages(lock, installed) {
	const present = installed?.packages ?? {};
	return Object.entries(lock.packages ?? {})
		.filter(([place]) => place.includes('node_modules/'))
		.filter(([place, wanted]) => {
			const found = present[place];
			if (found === undefined) return !(wanted.optional || wanted.devOptional);
			return wanted.link !== true && found.version !== wanted.version;
		})
		.map(([place]) => place);
}

/** @returns {string[]} As `findMissingPackages`, for this checkout. */
export function readMissingPackages() {
	const lock = readJson(join(root, 'package-lock.json'));
	if (lock === null) throw new Error('package-lock.json is missing: this is not a whole checkout. Clone the repository again.');
	return findMissingPackages(lock, readJson(join(root, 'node_modules', '.package-lock.json')));
}

/**
 * Installs exactly what the lock file names when something is missing or stale; otherwise does nothing.
 *
 * @param {import('./progress.mjs').Progress} progress
 * @param {string} logFile
 * @param {AbortSignal} [signal] Stops the installation.
 */
export async function ensureInstalled(progress, logFile, signal) {
	const missing = readMissingPackages();
	if (missing.length === 0) return;
	const names = missing.map((place) => place.replace(/^.*node_modules\//, ''));
	const fresh = !existsSync(join(root, 'node_modules', '.package-lock.json'));
	const why = fresh ? '' : `; ${names[0]}${names.length === 1 ? ' is' : ` and ${names.length - 1} more are`} missing or of another version`;
	await progress.step(`Install packages (npm ci${why})`, () => runCommand([npm, 'ci'], { logFile, signal }));
}

const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';

/**
 * @param {string} file
 * @returns {Lock | null}
 */
function readJson(file) {
	return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null;
}
