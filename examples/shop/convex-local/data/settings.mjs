import { existsSync, readFileSync } from 'node:fs';
import { replaceFile } from './journal.mjs';

/**
 * A small JSON file, replaced whole.
 * @template {object} T
 * @param {string} file @param {T} initial what stands where the file says nothing
 * @returns {import('./data.d.ts').Settings<T>}
 */
export function openSettings(file, initial) {
	/** @type {T} */
	const value = { ...structuredClone(initial), ...(existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}) };
	return { value, save: () => replaceFile(file, JSON.stringify(value)) };
}
