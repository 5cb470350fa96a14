/** What of the other monitors bears on one that is about to change. Pure. */
import { depthOf, prerequisitesOf } from './needs.ts';

export interface FailingMonitor {
	readonly id: number;
	readonly checkId: string;
	readonly title: string;
	readonly params: Readonly<Record<string, unknown>>;
}

/**
 * The failing monitor that a failure is an echo of: its check is a prerequisite, and it does not look at another page. Of several the one
 * that stands on the least.
 */
export function findUpstream(
	monitor: Pick<FailingMonitor, 'id' | 'checkId' | 'params'>,
	failing: readonly FailingMonitor[],
): FailingMonitor | null {
	const needs = prerequisitesOf(monitor.checkId);
	const candidates = failing.filter(
		(other) => other.id !== monitor.id && needs.has(other.checkId) && !looksElsewhere(other.params, monitor.params),
	);
	return candidates.toSorted((a, b) => depthOf(a.checkId) - depthOf(b.checkId) || a.id - b.id)[0] ?? null;
}

function looksElsewhere(one: FailingMonitor['params'], other: FailingMonitor['params']): boolean {
	return one.path !== undefined && other.path !== undefined && one.path !== other.path;
}

export interface Window {
	/** Null: every service. */
	readonly service: string | null;
	readonly name: string;
}

/** @returns the name of the window that holds for the service, its own before one of all */
export function findWindow(service: string, windows: readonly Window[]): string | null {
	return (windows.find((one) => one.service === service) ?? windows.find((one) => one.service === null))?.name ?? null;
}
