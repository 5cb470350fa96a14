import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import path from 'node:path';
import { convexToJson, jsonToConvex } from 'convex/values';

/** @import { Document, Journal, Writes } from './data.d.ts' */

/**
 * A file that documents are kept in, one line for each commit: `{"<id>": document | null, …}`. What a process that was killed has left unfinished is
 * the last line, which nobody was told of: it is left out. The file is written anew with what it holds when it is opened.
 * @param {string} file
 * @returns {Promise<Journal>}
 * @throws {Error} when a line before the last cannot be read: that is damage, and what it held is not guessed
 */
export async function openJournal(file) {
	const documents = existsSync(file) ? replay(readFileSync(file, 'utf8'), file) : {};
	replaceFile(file, Object.keys(documents).length === 0 ? '' : encodeCommit(documents));
	const log = await open(file, 'a');
	let { size } = await log.stat();
	return {
		documents,
		async append(commits) {
			const bytes = Buffer.from(commits.map(encodeCommit).join(''));
			try {
				for (let at = 0; at < bytes.length; ) at += (await log.write(bytes, at)).bytesWritten;
				await log.datasync();
				size += bytes.length;
			} catch (error) {
				// What could not be kept has not happened: half a line must not stand before the next.
				await log.truncate(size);
				throw error;
			}
		},
		close: () => log.close(),
	};
}

/** Whole on disk, or as it was before: also when the machine stops in the middle. @param {string} file @param {string} text */
export function replaceFile(file, text) {
	writeFileSync(`${file}.next`, text, { mode: 0o600, flush: true });
	renameSync(`${file}.next`, file);
	const folder = openSync(path.dirname(file), 'r');
	try {
		fsyncSync(folder);
	} finally {
		closeSync(folder);
	}
}

/** @param {Writes} writes */
const encodeCommit = (writes) =>
	`${JSON.stringify(Object.fromEntries(Object.entries(writes).map(([id, document]) => [id, document === null ? null : convexToJson(/** @type {import('convex/values').Value} */ (document))])))}\n`;

/** @param {string} text @param {string} file @returns {Record<string, Document>} */
function replay(text, file) {
	/** @type {Record<string, Document>} */
	const documents = {};
	const lines = text.split('\n');
	const last = lines.findLastIndex((line) => line !== '');
	for (const [index, line] of lines.entries()) {
		if (line === '') continue;
		/** @type {Record<string, import('convex/values').JSONValue>} */
		let commit;
		try {
			commit = JSON.parse(line);
		} catch (cause) {
			if (index === last) break;
			throw new Error(
				`${file}:${index + 1} is no commit: expected one JSON object. The file was damaged; put back a copy, or take the line out and lose what it held.`,
				{ cause },
			);
		}
		for (const [id, document] of Object.entries(commit)) {
			if (document === null) delete documents[id];
			else documents[id] = /** @type {Document} */ (jsonToConvex(document));
		}
	}
	return documents;
}
