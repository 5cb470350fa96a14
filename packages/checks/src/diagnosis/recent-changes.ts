/**
 * Changes of facts that came before the first bad answer: of a release, of a variable, of the deployment's functions. They
 * explain nothing by themselves; they raise the cause they fit and are shown beside it (rule G25).
 */
import type { Observation } from '../contract.ts';
import { measureDepth } from './layers.ts';
import type { FactChange } from './model.ts';
import { variablesOf } from './variables-of.ts';

/** Where nothing was ever seen well: how far back a change still counts, in milliseconds. A day: the last deploy and what came with it. */
export const lookBackMs = 86_400_000;

export interface ChangeInput {
	readonly changes: readonly FactChange[];
	/** ISO 8601 by key. */
	readonly lastOk: Readonly<Record<string, string>>;
	/** ISO 8601, UTC: when the diagnosis began. */
	readonly startedAt: string;
}

/** @returns changes since any of these observations was last well, newest first; a change in the future is none. */
export function listRecent(input: ChangeInput, failing: readonly Observation[]): readonly FactChange[] {
	const now = Date.parse(input.startedAt);
	const since = failing.map(({ key }) => Date.parse(input.lastOk[key] ?? '')).filter((time) => !Number.isNaN(time));
	const from = since.length > 0 ? Math.min(...since) : now - lookBackMs;
	return input.changes
		.filter(({ at }) => Date.parse(at) > from && Date.parse(at) <= now)
		.toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at) || (a.name < b.name ? -1 : 1));
}

/** @returns the recent changes that may have brought about what these observations show. */
export function listRelated(input: ChangeInput, failing: readonly Observation[]): readonly FactChange[] {
	if (failing.length === 0) return [];
	return listRecent(input, failing).filter((change) => failing.some((observation) => concerns(change.name, observation)));
}

/** A variable concerns what names it; functions concern the deployment; a release everything that the application itself does. */
function concerns(name: string, observation: Observation): boolean {
	const variable = /^env:(.+)$/.exec(name)?.[1];
	if (variable !== undefined) return variablesOf(observation).includes(variable);
	if (name.startsWith('convex')) return observation.check.startsWith('convex.') || observation.check === 'http.list';
	if (!/^(?:release|build|deploy)/.test(name)) return false;
	return measureDepth(observation.check) >= measureDepth('release.build') && !/^(?:convex|vendor)\./.test(observation.check);
}
