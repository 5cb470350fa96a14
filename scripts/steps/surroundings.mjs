import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { root } from './root.mjs';

const CHROMIUM_NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/**
 * @param {NodeJS.ProcessEnv} [env] CHROMIUM_PATH names a browser that is not on PATH.
 * @returns {string | null} The browser's path, null when there is none.
 */
export function findChromium(env = process.env) {
	const named = env.CHROMIUM_PATH;
	if (named) return isExecutable(named) ? named : null;
	for (const folder of (env.PATH ?? '').split(delimiter).filter(Boolean)) {
		for (const name of CHROMIUM_NAMES) {
			const candidate = join(folder, name);
			if (isExecutable(candidate)) return candidate;
		}
	}
	return null;
}

/**
 * What the tests would like to have and do not find here: one sentence each, with what to do about it.
 *
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {string[]}
 */
export function describeWhatIsMissing(env = process.env) {
	const missing = [];
	if (findChromium(env) === null) {
		missing.push('No Chromium: tests that need a browser are skipped. `apt-get install chromium`, or name one with CHROMIUM_PATH.');
	}
	if (!existsSync(join(root, '..', 'shared', 'runbook'))) {
		missing.push(
			'No ../shared beside the checkout: tests that read its runbook and corpus are skipped; generated documents cover the same rules.',
		);
	}
	return missing;
}

/** @param {string} file */
function isExecutable(file) {
	try {
		accessSync(file, constants.X_OK);
		return true;
	} catch {
		return false;
	}
}
