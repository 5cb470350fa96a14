import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface Postmaster {
	readonly pid: number;
	readonly port: number;
	readonly isReady: boolean;
}

/**
 * What `postmaster.pid` says of a running server: line 1 its process, 4 its port, 8 its state (PostgreSQL source, miscinit.h).
 * @returns null when there is none, or its process is gone.
 */
export async function readPostmaster(data: string): Promise<Postmaster | null> {
	const text = await readFile(join(data, 'postmaster.pid'), 'utf8').catch(() => '');
	const lines = text.split('\n');
	const pid = Number(lines[0]);
	if (!Number.isInteger(pid) || pid <= 1 || !isAlive(pid)) return null;
	return { pid, port: Number(lines[3] ?? 0), isReady: lines[7]?.trim() === 'ready' };
}

/** @param pid of a process, perhaps another user's */
export function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'EPERM';
	}
}
