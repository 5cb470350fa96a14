import type { DiagnosisReport, FactChange, RootCause } from '@holdfast/engine/operations';
import { formatAge } from '../terminal/format-duration.ts';

/** Since when a root fails, and what changed before it: one sentence each; none where nothing is remembered. */
export function describePast(root: RootCause, { diagnosis, past }: DiagnosisReport): readonly string[] {
	const nowMs = Date.parse(diagnosis.startedAt);
	const trace = past.find(({ observation }) => observation === root.observation);
	const firstBadMs = trace === undefined ? nowMs : Math.min(nowMs, Date.parse(trace.firstBadAt));
	const isNew = nowMs - firstBadMs < 1000;
	const since = isNew ? '' : `It fails since ${formatAge(nowMs - firstBadMs)} ago`;
	const well = trace?.lastOkAt === null || trace === undefined ? '' : `last well ${formatAge(nowMs - Date.parse(trace.lastOkAt))} ago`;
	const times = [since, since === '' && well !== '' ? `It was ${well}` : well].filter((part) => part !== '').join('; ');
	return [...(times === '' ? [] : [`${times}.`]), ...describeChanges(root.changes ?? [], { firstBadMs, isNew })];
}

/** Changes that were first seen at the same time share a sentence. */
function describeChanges(
	changes: readonly FactChange[],
	{ firstBadMs, isNew }: { readonly firstBadMs: number; readonly isNew: boolean },
): readonly string[] {
	const byAge = new Map<string, string[]>();
	for (const change of changes) {
		const age = describeAge(firstBadMs - Date.parse(change.at), isNew);
		byAge.set(age, [...(byAge.get(age) ?? []), nameChange(change)]);
	}
	return [...byAge].map(([age, names]) => `Changed ${age}: ${names.join(', ')}.`);
}

function describeAge(ageMs: number, isNew: boolean): string {
	if (ageMs < 1000) return isNew ? 'since then' : 'just before';
	return `${formatAge(ageMs)} ${isNew ? 'ago' : 'before'}`;
}

/** A fingerprint says that a variable changed and nothing else; a release and a time can be read. */
function nameChange({ name, from, to }: FactChange): string {
	const variable = /^env:(.+)$/.exec(name)?.[1];
	if (variable !== undefined) return variable;
	if (name === 'convex:push') return `the Convex functions${to === undefined ? '' : `, pushed ${to}`}`;
	const what = name === 'convex:url' ? 'the Convex deployment' : name.replace(':', ' ');
	return from === undefined || to === undefined ? what : `${what}, from ${from} to ${to}`;
}
