import { mkdir, open, readFile, rename, stat, unlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { HistoryPlace, HistoryPort, HistoryWriting } from '../ports.ts';
import { compactHistory } from './compact-history.ts';
import { withFileLock } from './file-lock.ts';
import { formatHistory, type HistoryEntry, parseHistory } from './history-entry.ts';
import { indexHistory, isSameFact } from './history-index.ts';

export const HISTORY_LIMIT_BYTES = 10 * 1024 * 1024;

export interface LocalHistoryOptions {
	/** Milliseconds since the epoch. */
	readonly now: () => number;
	readonly limitBytes?: number;
}

/**
 * History in files of this machine: `.holdfast/history/<service>.jsonl`.
 * Guarantees: writers take turns; a crash in the middle of a line loses that line only; a file that would pass the limit is compacted into
 * a new one that takes its place in one step and keeps its mode (0600 where nobody has widened it). A history that cannot be kept stops nothing: the reason is given back.
 */
export function createLocalHistory({ now, limitBytes = HISTORY_LIMIT_BYTES }: LocalHistoryOptions): HistoryPort {
	return {
		load: async (place) => {
			try {
				return { entries: parseHistory(await readFile(pathOf(place), 'utf8')), problem: null };
			} catch (error) {
				return { entries: [], problem: codeOf(error) === 'ENOENT' ? null : describe('read', place, error) };
			}
		},
		append: async (place, entries): Promise<HistoryWriting> => {
			const path = pathOf(place);
			try {
				await makeHome(place.directory);
				await mkdir(dirname(path), { recursive: true, mode: 0o700 });
				const locked = await withFileLock(`${path}.lock`, now, () => appendLocked(path, entries, limitBytes));
				return locked.ok ? { kind: 'written' } : { kind: 'refused', reason: `the history was not kept: ${locked.reason}` };
			} catch (error) {
				return { kind: 'refused', reason: describe('written', place, error) };
			}
		},
	};
}

/** The folder for what Holdfast keeps beside a configuration: its owner's alone (0700), and it tells git to leave it out. */
export async function makeHome(directory: string): Promise<void> {
	const home = join(directory, '.holdfast');
	await mkdir(home, { recursive: true, mode: 0o700 });
	await writeFile(join(home, '.gitignore'), '*\n', { flag: 'wx', mode: 0o600 }).catch(() => undefined);
}

function pathOf({ directory, name }: HistoryPlace): string {
	const file = name.replace(/[^A-Za-z0-9.-]+/g, '_').replace(/^\.+/, '_');
	return join(directory, '.holdfast', 'history', `${file.slice(0, 120)}.jsonl`);
}

async function appendLocked(path: string, entries: readonly HistoryEntry[], limitBytes: number): Promise<void> {
	const text = await readFile(path, 'utf8').catch((error: unknown) => {
		if (codeOf(error) === 'ENOENT') return '';
		throw error;
	});
	const before = parseHistory(text);
	const added = dropKnownFacts(before, entries);
	const lines = formatHistory(added);
	if (Buffer.byteLength(text) + Buffer.byteLength(lines) > limitBytes) {
		await replaceFile(path, formatHistory(compactHistory([...before, ...added], Math.floor(limitBytes / 2))));
		return;
	}
	const handle = await open(path, 'a', 0o600);
	try {
		const whole = Buffer.byteLength(text.slice(0, text.lastIndexOf('\n') + 1));
		if (whole < (await stat(path)).size) await handle.truncate(whole);
		await handle.appendFile(lines);
		await handle.datasync();
	} finally {
		await handle.close();
	}
}

/** A fact is written when it is another than before: what stays the same is no history. */
function dropKnownFacts(before: readonly HistoryEntry[], entries: readonly HistoryEntry[]): readonly HistoryEntry[] {
	const known = new Map([...indexHistory(before).facts].map(([name, changes]) => [name, changes.at(-1)?.entry]));
	return entries.filter((entry) => {
		if (entry.t === 'sample') return true;
		const latest = known.get(entry.name);
		known.set(entry.name, entry);
		return latest === undefined || !isSameFact(latest, entry);
	});
}

async function replaceFile(path: string, text: string): Promise<void> {
	const temporary = `${path}.new`;
	await unlink(temporary).catch(() => undefined);
	const mode = await stat(path).then(
		(before) => before.mode & 0o7777,
		() => 0o600,
	);
	const handle = await open(temporary, 'wx', 0o600);
	try {
		await handle.writeFile(text);
		await handle.chmod(mode);
		await handle.sync();
	} finally {
		await handle.close();
	}
	await rename(temporary, path);
}

function describe(verb: string, { directory, name }: HistoryPlace, error: unknown): string {
	return `the history ${pathOf({ directory, name })} could not be ${verb} (${codeOf(error) || 'unknown error'})`;
}

function codeOf(error: unknown): string {
	return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}
