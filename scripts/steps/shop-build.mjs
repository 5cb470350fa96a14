import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.mjs';
import { runCommand } from './run-command.mjs';

const SHOP = join(root, 'examples', 'shop');
/** Folders that a build or a running shop writes. */
const NOT_SOURCE = new Set(['node_modules', '.next', '.data', 'data', '.holdfast']);

/**
 * Builds the example shop when it is not built, or when one of its sources (or the kit's, or the lock file) is newer than the build.
 *
 * @param {import('./progress.mjs').Progress} progress
 * @param {string} logFile
 * @param {AbortSignal} [signal] Stops the build.
 * @returns {Promise<boolean>} True when there was something to build.
 */
export async function ensureShopBuilt(progress, logFile, signal) {
	const built = join(SHOP, '.next', 'BUILD_ID');
	const builtAt = existsSync(built) ? statSync(built).mtimeMs : 0;
	const sources = [findNewest(SHOP), findNewest(join(root, 'packages', 'kit', 'src')), statSync(join(root, 'package-lock.json')).mtimeMs];
	const newest = Math.max(...sources);
	if (builtAt > newest) return false;
	await progress.step('Build the example shop', () =>
		runCommand(['npm', 'run', 'build', '-w', '@holdfast/example-shop'], { logFile, signal }),
	);
	return true;
}

/**
 * @param {string} folder
 * @returns {number} When the newest file below it was changed, milliseconds since the epoch; 0 for an empty or missing folder.
 */
export function findNewest(folder) {
	if (!existsSync(folder)) return 0;
	let newest = 0;
	for (const entry of readdirSync(folder, { withFileTypes: true })) {
		if (NOT_SOURCE.has(entry.name) || entry.name.startsWith('next-env')) continue;
		const path = join(folder, entry.name);
		newest = Math.max(newest, entry.isDirectory() ? findNewest(path) : statSync(path).mtimeMs);
	}
	return newest;
}
