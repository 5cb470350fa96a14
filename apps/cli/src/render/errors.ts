import type { ErrorGroup, ErrorState } from '@holdfast/engine/operations';
import type { Layout } from '../session.ts';
import { formatAge, formatCount } from '../terminal/format-duration.ts';
import { formatTable } from '../terminal/rows.ts';
import type { Style } from '../terminal/style.ts';

export interface ErrorsSetting {
	readonly now: number;
	/** As it was asked. */
	readonly since: string;
	readonly state: string;
}

export function renderErrors(
	groups: readonly ErrorGroup[],
	{ now, since, state }: ErrorsSetting,
	{ columns, style }: Layout,
): readonly string[] {
	const kind = state === 'all' ? 'error' : `${state} error`;
	if (groups.length === 0) return [`No ${kind} was reported since ${since}.`];
	const rows = groups.map((group) => [
		{ text: String(group.id) },
		{ text: wordOf(group), paint: paintOf(group.state, style) },
		{ text: `${group.recentCount}×` },
		{ text: ago(group.lastAt, now) },
		{ text: describe(group, now) },
	]);
	const head = `${formatCount(groups.length, kind)} since ${since}`;
	return [style.bold(head), ...formatTable(2, rows, [6, 9, 8, 12], columns)];
}

function wordOf({ state, regressions }: ErrorGroup): string {
	return state === 'open' && regressions > 0 ? 'returned' : state;
}

function paintOf(state: ErrorState, style: Style): ((text: string) => string) | undefined {
	return state === 'open' ? style.red : undefined;
}

function describe(group: ErrorGroup, now: number): string {
	const where = group.culprit === null ? '' : ` · ${group.culprit}`;
	const users = group.users === 0 ? '' : ` · ${formatCount(group.users, 'user')}`;
	const all = group.count === group.recentCount ? '' : ` · ${group.count} in all`;
	return `${group.title}${where} · ${releasesOf(group)}${users}${all} · first ${ago(group.firstAt, now)}`;
}

function releasesOf({ firstRelease, lastRelease }: ErrorGroup): string {
	if (firstRelease === null && lastRelease === null) return 'no release named';
	return firstRelease === lastRelease || firstRelease === null ? String(lastRelease) : `${firstRelease} to ${lastRelease}`;
}

export function ago(at: string, now: number): string {
	return `${formatAge(now - Date.parse(at))} ago`;
}
