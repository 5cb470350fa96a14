import { dirname, join } from 'node:path';
import type { FilePort } from '../ports.ts';

export const CONFIG_NAME = 'holdfast.yaml';

/** The nearest `holdfast.yaml` from a folder upwards, or null. */
export async function findConfig(files: FilePort, directory: string): Promise<string | null> {
	for (let folder = directory; ; folder = dirname(folder)) {
		if ((await files.list(folder)).includes(CONFIG_NAME)) return join(folder, CONFIG_NAME);
		if (dirname(folder) === folder) return null;
	}
}
