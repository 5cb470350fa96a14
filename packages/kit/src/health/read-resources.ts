import { readdirSync, readFileSync, statfsSync } from 'node:fs';
import { totalmem } from 'node:os';
import type { DiskReport, HandlesReport, MemoryReport } from '../wire.ts';

/** Reads a small file of the system; null where it is not there. Injected in tests. */
export type ReadText = (path: string) => string | null;

// Limit and use of the container, as the kernel names them inside one: control groups version 2, then version 1.
const GROUPS = [
	['/sys/fs/cgroup/memory.max', '/sys/fs/cgroup/memory.current'],
	['/sys/fs/cgroup/memory/memory.limit_in_bytes', '/sys/fs/cgroup/memory/memory.usage_in_bytes'],
] as const;

/** The container's limit where it is lower than the machine's memory, else the machine's. Bytes. */
export function readMemoryLimit(
	rssBytes: number,
	read: ReadText = readText,
	machineBytes: number = totalmem(),
): Required<Pick<MemoryReport, 'limitBytes' | 'limitSource' | 'usedBytes'>> {
	for (const [limitPath, usedPath] of GROUPS) {
		const limitBytes = readNumber(read(limitPath));
		const usedBytes = readNumber(read(usedPath));
		if (limitBytes !== null && usedBytes !== null && limitBytes > 0 && limitBytes < machineBytes)
			return { limitBytes, limitSource: 'container', usedBytes };
	}
	return { limitBytes: machineBytes, limitSource: 'machine', usedBytes: rssBytes };
}

/** Cores that the container may use, from the kernel's bandwidth control; null where nothing limits it. */
export function readCpuLimit(read: ReadText = readText): number | null {
	const [quota, period] = (read('/sys/fs/cgroup/cpu.max') ?? '').trim().split(' ');
	const [limit, span] = [readNumber(quota ?? null), readNumber(period ?? null)];
	if (limit !== null && span !== null && limit > 0 && span > 0) return limit / span;
	const limitV1 = readNumber(read('/sys/fs/cgroup/cpu/cpu.cfs_quota_us'));
	const spanV1 = readNumber(read('/sys/fs/cgroup/cpu/cpu.cfs_period_us'));
	return limitV1 !== null && spanV1 !== null && limitV1 > 0 && spanV1 > 0 ? limitV1 / spanV1 : null;
}

/** Share of the last 10 s in which something that wanted a core had none: of the container where it has figures of its own, else of the machine. */
export function readCpuPressure(read: ReadText = readText): number | null {
	const text = read('/sys/fs/cgroup/cpu.pressure') ?? read('/proc/pressure/cpu') ?? '';
	const percent = /^some avg10=(\d+(?:\.\d+)?)/m.exec(text)?.[1];
	return percent === undefined ? null : Number(percent) / 100;
}

/** File system of the working directory; null where the system does not say. */
export function readDisk(): DiskReport | null {
	try {
		const { blocks, bavail, bsize } = statfsSync(process.cwd());
		return { totalBytes: blocks * bsize, freeBytes: bavail * bsize };
	} catch {
		return null;
	}
}

/** Open files and sockets of this process and how many it may have; null for what the system does not say. */
export function readHandles(read: ReadText = readText): HandlesReport {
	const limit = /^Max open files\s+(\d+)/m.exec(read('/proc/self/limits') ?? '')?.[1];
	let open: number | null = null;
	try {
		open = readdirSync('/proc/self/fd').length;
	} catch {
		open = null;
	}
	return { open, limit: limit === undefined ? null : Number(limit) };
}

/** Content of a file, null where it cannot be read. */
export function readText(path: string): string | null {
	try {
		return readFileSync(path, 'utf8');
	} catch {
		return null;
	}
}

function readNumber(text: string | null): number | null {
	return text !== null && /^\d+\s*$/.test(text) ? Number(text) : null;
}
