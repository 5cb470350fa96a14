/** Whether the process is short of memory, processor, event loop, disk or handles. Thresholds are our own where no other source is named. Pure. */
import type { HealthReport } from '@holdfast/kit/wire';
import type { Finding } from '../../contract.ts';
import { formatBytes } from '../../outcome/show-response.ts';

type Inside = HealthReport['holdfast'];

const mib = 1024 * 1024;
/** Of the container or machine: from 90 % on the kernel works ever harder; from 97 % on it ends processes. */
const memoryBounds = { warn: 0.9, fail: 0.97 };
/** Of the heap: V8 collects more and more often as it fills up, and ends the process before it is full. */
const heapBounds = { warn: 0.85, fail: 0.92 };
/** A busy core is no fault by itself; what it costs shows in the event loop. */
const busyCore = 0.9;
/**
 * Of all cores that the process may use, where there are several: then nothing is left for the loop or anybody else. Less is enough where
 * the system says that others waited for a core for much of the last 10 s (PSI): the process takes what the rest would need.
 */
const allCores = { share: 0.75, from: 2, windowMs: 1500, contended: { share: 0.45, pressure: 0.5 } };
/** p99 of the loop's delay, ms: people notice a tenth of a second; at half a second every answer is late. */
const loopBounds = { warn: 100, fail: 500 };
/** Open handles as a share of their limit: accepting fails at 1. */
const handleBounds = { warn: 0.8, fail: 0.95 };
/** A process that loads its code is late once by nature: while its start is in the window, only what goes on counts. Seconds. */
const startMargin = 5;
/** Mean delay of the window, ms, from which it is more than one late tick at the start. */
const startMeanMs = 200;

/** @param second a later report of the same process, when a second look was taken: then both must agree. */
export function judgeResources(first: Inside, second: Inside | null): readonly Finding[] {
	const last = second ?? first;
	return [...judgeMemory(last), ...judgeLoop(first, second), ...judgeCpu(last), ...judgeDisk(last), ...judgeHandles(last)];
}

/**
 * Whether a second look is worth two seconds: the processor's share is measured between two readings, so it is old where nobody
 * asked for minutes; and one late tick may be chance.
 */
export function needsSecondLook({ cpu, eventLoop }: Inside): boolean {
	const late = delayOf(eventLoop) >= loopBounds.warn || eventLoop.stuck;
	const busy = cpu.shareOfOneCore !== null && cpu.shareOfOneCore >= busyCore;
	const old = cpu.shareOfOneCore === null || (cpu.windowMs ?? 0) > 60_000;
	const loaded = cpu.load !== null && cpu.load !== undefined && cpu.load[0] >= 0.7 * cpu.coreCount;
	return late || busy || (old && loaded);
}

function judgeMemory({ memory }: Inside): readonly Finding[] {
	const heap = memory.heapUsedBytes / memory.heapLimitBytes;
	const used = memory.usedBytes ?? memory.rssBytes;
	const share = memory.limitBytes === undefined ? 0 : used / memory.limitBytes;
	const of = memory.limitSource === 'container' ? 'the container’s limit' : 'the machine’s memory';
	// Each is measured against bounds of its own; the one that is nearer to its bound is told.
	const byHeap = heap / heapBounds.fail >= share / memoryBounds.fail;
	const bounds = byHeap ? heapBounds : memoryBounds;
	const worst = byHeap ? heap : share;
	if (!(worst >= bounds.warn)) return [];
	const figures = byHeap
		? `The heap holds ${formatBytes(memory.heapUsedBytes)} of ${formatBytes(memory.heapLimitBytes)}, its limit`
		: `The process uses ${formatBytes(used)} of ${formatBytes(memory.limitBytes ?? used)}, ${of}`;
	return [
		{
			code: 'resources.memory',
			severity: worst >= bounds.fail ? 'fail' : 'warn',
			message: `${figures} (${percent(worst)})`,
			fix: 'restart the application to gain time; then look for a leak (does it grow without more visitors?) or raise the limit',
		},
	];
}

function judgeLoop(first: Inside, second: Inside | null): readonly Finding[] {
	const last = second ?? first;
	const { eventLoop } = last;
	// Both looks must agree; one that is stuck for as long as it counts as unable to serve needs no second.
	const delay = second === null ? delayOf(eventLoop) : Math.min(delayOf(first.eventLoop), delayOf(eventLoop));
	const stuck = eventLoop.stuck && first.eventLoop.stuck;
	if (!stuck && delay < loopBounds.warn) return [];
	const severe = stuck || delay >= loopBounds.fail;
	const starting = isStart(last) && Math.min(first.eventLoop.delayMs, eventLoop.delayMs) < loopBounds.warn;
	const worst = Math.round(eventLoop.maxDelayMs);
	return [
		{
			code: 'resources.event-loop',
			severity: starting ? 'info' : severe ? 'fail' : 'warn',
			message: `The event loop is late by ${Math.round(delay)} ms (99 of 100 are faster), by ${worst} ms at worst in ${Math.round(eventLoop.windowMs / 1000)} s${starting ? `; the process started ${last.process.uptimeSeconds} s ago` : ''}`,
			fix: 'find what blocks it: synchronous work in a route (parsing, hashing, file access); node --cpu-prof shows it',
		},
	];
}

function isStart({ process, eventLoop }: Inside): boolean {
	return process.uptimeSeconds < eventLoop.windowMs / 1000 + startMargin && eventLoop.meanDelayMs < startMeanMs;
}

function judgeCpu({ cpu, eventLoop }: Inside): readonly Finding[] {
	if (cpu.shareOfOneCore === null) return [];
	const limit = cpu.limitCores ?? null;
	const available = Math.min(1, limit ?? 1);
	const share = cpu.shareOfOneCore / available;
	// Over a long window a peak averages out, and a busy process that answers in time is well.
	if (share < busyCore) return [];
	const cores = limit ?? cpu.coreCount;
	const { contended } = allCores;
	const least = (cpu.pressure ?? 0) >= contended.pressure ? contended.share : allCores.share;
	const exhausted = cores >= allCores.from && (cpu.windowMs ?? 0) >= allCores.windowMs && cpu.shareOfOneCore >= least * cores;
	const late = exhausted || delayOf(eventLoop) >= loopBounds.fail;
	const over = `${Math.round((cpu.windowMs ?? 0) / 1000)} s`;
	return [
		{
			code: 'resources.cpu',
			severity: late ? 'fail' : 'warn',
			message: `The process uses ${percent(cpu.shareOfOneCore)} of one core over ${over}${limit === null ? ` (${cpu.coreCount} cores)` : `; ${limit} cores are its limit`}`,
			fix: 'add an instance or cores, or find the route that computes so much',
		},
	];
}

function judgeDisk({ disk }: Inside): readonly Finding[] {
	if (disk === null || disk === undefined || disk.totalBytes <= 0) return [];
	const share = disk.freeBytes / disk.totalBytes;
	const full = disk.freeBytes < 100 * mib || (share < 0.01 && disk.freeBytes < 1024 * mib);
	const near = disk.freeBytes < 500 * mib || (share < 0.05 && disk.freeBytes < 5 * 1024 * mib);
	if (!full && !near) return [];
	return [
		{
			code: 'resources.disk',
			severity: full ? 'fail' : 'warn',
			message: `${formatBytes(disk.freeBytes)} of ${formatBytes(disk.totalBytes)} are free on the application’s disk (${percent(share)})`,
			fix: 'remove old releases, logs and temporary files, or enlarge the disk',
		},
	];
}

function judgeHandles({ handles }: Inside): readonly Finding[] {
	const open = handles?.open ?? null;
	const limit = handles?.limit ?? null;
	if (open === null || limit === null || limit <= 0 || open / limit < handleBounds.warn) return [];
	return [
		{
			code: 'resources.handles',
			severity: open / limit >= handleBounds.fail ? 'fail' : 'warn',
			message: `${open} of ${limit} files and sockets are open (${percent(open / limit)})`,
			fix: 'look for connections and files that are not closed, or raise the limit (ulimit -n)',
		},
	];
}

function delayOf(eventLoop: Inside['eventLoop']): number {
	return eventLoop.p99DelayMs ?? eventLoop.maxDelayMs;
}

function percent(share: number): string {
	return `${Math.round(share * 100)} %`;
}
