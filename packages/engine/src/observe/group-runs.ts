/** Which of the claimed monitors run together, and how long they may take. Pure. */
import { findCheck } from '@holdfast/checks/registry';
import type { ClaimedMonitor } from '../schedule/queries.ts';

export interface Group {
	readonly service: string;
	/** When it begins, by the clock of the database; what is overdue begins now. */
	readonly startAt: number;
	readonly monitors: readonly ClaimedMonitor[];
	/** For the whole of it; each check has its own besides. */
	readonly deadlineMs: number;
}

/**
 * Closer together than this, and than a hundredth of their interval, one run serves both, and begins with the first: a process that is
 * woken ten times a second costs half of one that is woken fifty times (measured).
 */
const TOGETHER_MS = 100;
const LARGEST_GROUP = 20;
/** What may take longer than this runs alone. */
const LONG_MS = 15_000;
/** A check stops itself at its deadline; one that does not is given up after this. */
const GRACE_MS = 2000;

export function deadlineOf(checkId: string): number {
	return (findCheck(checkId)?.deadlineMs ?? 10_000) + GRACE_MS;
}

/** @param claimed in the order in which they fall due */
export function groupRuns(claimed: readonly ClaimedMonitor[], now: number): readonly Group[] {
	const groups: { service: string; startAt: number; monitors: ClaimedMonitor[]; deadlineMs: number }[] = [];
	const open = new Map<string, (typeof groups)[number]>();
	for (const monitor of claimed) {
		const startAt = Math.max(now, monitor.dueAt);
		const deadlineMs = deadlineOf(monitor.checkId);
		const known = deadlineMs > LONG_MS ? undefined : open.get(monitor.service);
		if (
			known !== undefined &&
			startAt - known.startAt <= Math.min(TOGETHER_MS, monitor.everyMs / 100) &&
			known.monitors.length < LARGEST_GROUP
		) {
			known.monitors.push(monitor);
			known.deadlineMs = Math.max(known.deadlineMs, deadlineMs);
			continue;
		}
		const group = { service: monitor.service, startAt, monitors: [monitor], deadlineMs };
		groups.push(group);
		if (deadlineMs <= LONG_MS) open.set(monitor.service, group);
	}
	return groups;
}
