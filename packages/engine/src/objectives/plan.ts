/** Which objectives a runbook and the configuration set. Pure. */
import type { ChecklistItem, Runbook } from '@holdfast/runbook/model';
import { parseDuration } from '../config/duration.ts';
import type { ServiceConfig } from '../config/schema.ts';
import type { SourceProblem } from '../operation-error.ts';

export interface WantedObjective {
	/** `uptime`; once for a service. */
	readonly name: string;
	/** The line's words. */
	readonly title: string;
	/** Line of the runbook; null: the configuration alone names it. */
	readonly line: number | null;
	/** Share of the time, above 0 and below 1. */
	readonly target: number;
	readonly windowMs: number;
}

export type ObjectiveOverrides = NonNullable<ServiceConfig['objectives']>;

/** Thirty days, rolling: four weeks and weekends weigh nearly the same in each. */
export const DEFAULT_WINDOW_MS = 30 * 86_400_000;
/** Hours are kept for 90 days. */
const LONGEST_WINDOW_MS = 90 * 86_400_000;
const LEAST_WINDOW_MS = 86_400_000;

/** `Uptime > 99.9%` of a monitoring checklist. @returns null for any other line, also for 100 %: without a budget nothing can be measured */
export function readObjective({ threshold, text, line }: ChecklistItem): WantedObjective | null {
	if (threshold === undefined || threshold.unit !== '%' || (threshold.operator !== '>' && threshold.operator !== '>=')) return null;
	const [, word] = /\b(uptime|availability)\b/i.exec(threshold.metric) ?? [];
	if (word === undefined || !(threshold.value > 0 && threshold.value < 100)) return null;
	return { name: word.toLowerCase(), title: text, line, target: shareOf(threshold.value), windowMs: DEFAULT_WINDOW_MS };
}

export interface ObjectivePlan {
	readonly wanted: readonly WantedObjective[];
	readonly problems: readonly SourceProblem[];
}

/** Lines of monitoring checklists, the first of each name; overridden or added to by the configuration. @param file its name, for problems */
export function planObjectives(runbook: Runbook | null, overrides: ObjectiveOverrides = {}, file: string | null = null): ObjectivePlan {
	const found = new Map<string, WantedObjective>();
	const items = (runbook?.checklists ?? []).filter(({ kind }) => kind === 'monitoring').flatMap((list) => list.items);
	for (const objective of items.flatMap((item) => readObjective(item) ?? []))
		if (!found.has(objective.name)) found.set(objective.name, objective);
	const problems: SourceProblem[] = [];
	for (const [name, { target, window, off }] of Object.entries(overrides)) {
		const known = found.get(name);
		const share = target === undefined ? known?.target : shareOf(target);
		const windowMs = (window === undefined ? null : parseDuration(window)) ?? known?.windowMs ?? DEFAULT_WINDOW_MS;
		const refuse = (message: string, hint: string): void => void problems.push({ file, line: null, column: null, message, hint });
		if (off === true) found.delete(name);
		else if (share === undefined)
			refuse(`objectives: ${name} has no target, and no line of the runbook gives one`, 'For example: target: 99.9');
		else if (windowMs < LEAST_WINDOW_MS || windowMs > LONGEST_WINDOW_MS)
			refuse(`objectives: ${name}: window: expected from 1d to 90d, got ${window}`, 'For example: window: 30d');
		else found.set(name, { name, title: known?.title ?? `${name} > ${target} %`, line: known?.line ?? null, target: share, windowMs });
	}
	return { wanted: [...found.values()], problems };
}

/** 99.9 / 100 is 0.9990000000000001 otherwise. */
function shareOf(percent: number): number {
	return Number((percent / 100).toFixed(8));
}
