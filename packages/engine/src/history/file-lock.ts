import { randomBytes } from 'node:crypto';
import { link, open, readFile, rename, stat, unlink } from 'node:fs/promises';
import { hostname } from 'node:os';
import { kill, pid } from 'node:process';
import { setTimeout as wait } from 'node:timers/promises';

export interface LockPatience {
	/** How long to wait for another holder. */
	readonly waitMs: number;
	/** Nobody holds it longer: an older one was left behind. */
	readonly staleMs: number;
}

/** For what a write takes. */
const writePatience: LockPatience = { waitMs: 3000, staleMs: 15_000 };
const RETRY_MS = 20;

export type Locked<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly reason: string };

/**
 * Does `work` while no other process holds the same lock. A lock whose holder is gone is taken over.
 * @param path Of the lock file itself; its folder exists.
 * @param now Milliseconds since the epoch.
 * @param patience For work that takes longer than a write.
 */
export async function withFileLock<T>(
	path: string,
	now: () => number,
	work: () => Promise<T>,
	patience: LockPatience = writePatience,
): Promise<Locked<T>> {
	for (let attempt = 0; attempt < patience.waitMs / RETRY_MS; attempt += 1) {
		if (await take(path)) {
			try {
				return { ok: true, value: await work() };
			} finally {
				await unlink(path).catch(() => undefined);
			}
		}
		if (!(await removeStale(path, now(), patience.staleMs))) await wait(RETRY_MS);
	}
	return { ok: false, reason: `another process holds ${path}` };
}

async function take(path: string): Promise<boolean> {
	try {
		const handle = await open(path, 'wx', 0o600);
		await handle.writeFile(`${pid} ${hostname()}\n`);
		await handle.close();
		return true;
	} catch (error) {
		if (codeOf(error) === 'EEXIST') return false;
		throw error;
	}
}

/** Moves it aside first: of two that find the same old lock only one takes it away, and a new one that came between is put back. */
async function removeStale(path: string, nowMs: number, staleMs: number): Promise<boolean> {
	try {
		const [seen, text] = await Promise.all([stat(path), readFile(path, 'utf8')]);
		const isOld = Math.abs(nowMs - seen.mtimeMs) > staleMs;
		if (!isOld && isHeld(text)) return false;
		const aside = `${path}.${randomBytes(6).toString('hex')}`;
		await rename(path, aside);
		if ((await stat(aside)).ino !== seen.ino) await link(aside, path).catch(() => undefined);
		await unlink(aside);
		return true;
	} catch (error) {
		if (codeOf(error) === 'ENOENT') return true;
		throw error;
	}
}

/** Of another machine, or not written yet, nothing is known: it counts as held until it is old. */
function isHeld(text: string): boolean {
	const [holder = '', host = ''] = text.trim().split(' ');
	if (host !== hostname() || !/^\d+$/.test(holder)) return true;
	try {
		kill(Number(holder), 0);
		return true;
	} catch (error) {
		return codeOf(error) !== 'ESRCH';
	}
}

function codeOf(error: unknown): string {
	return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}
