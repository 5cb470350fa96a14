import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { delimiter, isAbsolute, join } from 'node:path';

/** The variables that say where Chromium is: `CHROMIUM_PATH`, else names on `PATH`. */
export type BrowserEnvironment = Readonly<Record<string, string | undefined>>;

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome', 'microsoft-edge'];
/** Looked through as well: services run with a short `PATH`. */
const usualFolders = ['/usr/bin', '/usr/local/bin', '/snap/bin', '/opt/google/chrome', '/usr/lib/chromium'];
const usualFiles = ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Chromium.app/Contents/MacOS/Chromium'];

/** @returns the first that may be executed. `CHROMIUM_PATH` is the answer when it is set, or none is. */
export async function findChromium(environment: BrowserEnvironment): Promise<{ readonly path: string | null; readonly problem: string }> {
	const set = environment.CHROMIUM_PATH?.trim();
	if (set !== undefined && set !== '') {
		const found = isAbsolute(set) && (await isExecutable(set));
		return { path: found ? set : null, problem: 'CHROMIUM_PATH does not name a program that can be started' };
	}
	const folders = [...(environment.PATH ?? '').split(delimiter).filter(isAbsolute), ...usualFolders];
	for (const file of [...names.flatMap((name) => folders.map((folder) => join(folder, name))), ...usualFiles])
		if (await isExecutable(file)) return { path: file, problem: '' };
	return { path: null, problem: 'No Chromium is installed on this machine' };
}

async function isExecutable(path: string): Promise<boolean> {
	try {
		await access(path, constants.X_OK);
		return true;
	} catch {
		return false;
	}
}
