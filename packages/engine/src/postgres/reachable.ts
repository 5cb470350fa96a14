import { stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

/**
 * Whether a user who is not the owner may go through all folders above a path, and into it when it is a folder.
 * @param path absolute; need not exist: then its nearest existing parent is looked at.
 */
export async function isReachableByOthers(path: string): Promise<boolean> {
	for (let at = resolve(path); ; at = dirname(at)) {
		const seen = await stat(at).catch(() => null);
		// Execute for others (stat(2), S_IXOTH): the right to go through.
		if (seen?.isDirectory() === true && (seen.mode & 0o001) === 0) return false;
		if (dirname(at) === at) return true;
	}
}
