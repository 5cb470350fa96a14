import { readFile, stat } from 'node:fs/promises';
import { parseJson } from '../http/shown-text.ts';

/** Longest manifest that is read, in bytes. */
const maxBytes = 8 * 1024 * 1024;

/** @returns the text; null when there is none that can be read. */
export async function readTextFile(path: string): Promise<string | null> {
	try {
		const found = await stat(path);
		return found.isFile() && found.size <= maxBytes ? await readFile(path, 'utf8') : null;
	} catch {
		return null;
	}
}

/** @returns the value; undefined when there is no such file or it is no JSON. */
export async function readJsonFile(path: string): Promise<unknown> {
	const text = await readTextFile(path);
	return text === null ? undefined : parseJson(text);
}
