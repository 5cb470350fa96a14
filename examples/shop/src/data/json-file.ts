import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { environment } from '../environment.ts';

/** A file of the shop's data cannot be used. Says which and why; the cause is kept. */
export class DataError extends Error {
	override readonly name = 'DataError';
}

export interface JsonFile<T> {
	/** The content; `empty` when there is no such file. Rejects with DataError when it cannot be read or does not hold what it should. */
	read(): Promise<T>;
	/** Reads, changes and replaces the content; changes to one file wait for each other. Returns what `change` returned beside the content. */
	update<R>(change: (content: T) => { content: T; result: R }): Promise<R>;
	exists(): Promise<boolean>;
}

// Next bundles each route apart, so a module may live several times in one process: the queue hangs on the process, not on the module.
const shared = globalThis as { shopDataQueues?: Map<string, Promise<unknown>> };
shared.shopDataQueues ??= new Map();
const queues = shared.shopDataQueues;

/**
 * A JSON file in the data folder. Guarantee: a reader sees the old or the new content, never half of one; one process writes.
 * `isValid` tells whether parsed JSON is what the file should hold.
 */
export function jsonFile<T>(name: string, empty: T, isValid: (content: unknown) => content is T, folder = dataFolder()): JsonFile<T> {
	const file = path.join(/*turbopackIgnore: true*/ folder, name);

	const read = async (): Promise<T> => {
		let text: string;
		try {
			text = await readFile(file, 'utf8');
		} catch (cause) {
			if (isMissing(cause)) return empty;
			throw new DataError(`${name}: expected a readable file in the data folder, got ${codeOf(cause)}.`, { cause });
		}
		let content: unknown;
		try {
			content = JSON.parse(text);
		} catch {
			throw new DataError(`${name}: expected JSON, got ${text.length} characters that are not. Restore the file from a backup.`);
		}
		if (!isValid(content)) throw new DataError(`${name}: the JSON does not have the expected fields. Restore the file from a backup.`);
		return content;
	};

	const write = async (content: T): Promise<void> => {
		const draft = `${file}.${randomUUID()}.tmp`;
		try {
			await mkdir(folder, { mode: 0o700 }).catch((cause: unknown) => (codeOf(cause) === 'EEXIST' ? undefined : Promise.reject(cause)));
			const handle = await open(draft, 'wx', 0o600);
			try {
				await handle.writeFile(`${JSON.stringify(content, null, '\t')}\n`);
				await handle.sync();
			} finally {
				await handle.close();
			}
			await rename(draft, file);
		} catch (cause) {
			await rm(draft, { force: true }).catch(() => {});
			throw new DataError(`${name}: expected a writable data folder, got ${codeOf(cause)}.`, { cause });
		}
	};

	return {
		read,
		exists: async () =>
			readFile(file).then(
				() => true,
				(cause) => !isMissing(cause),
			),
		update: async (change) => {
			const turn = (queues.get(file) ?? Promise.resolve()).then(async () => {
				const { content, result } = change(await read());
				await write(content);
				return result;
			});
			// The next in line must run whether this one failed or not.
			queues.set(
				file,
				turn.catch(() => {}),
			);
			return turn;
		},
	};
}

function dataFolder(): string {
	return path.resolve(/*turbopackIgnore: true*/ environment.values.SHOP_DATA_DIR ?? '.data');
}

function isMissing(cause: unknown): boolean {
	return codeOf(cause) === 'ENOENT';
}

function codeOf(cause: unknown): string {
	return cause instanceof Error && 'code' in cause ? String(cause.code) : 'an unknown error';
}
