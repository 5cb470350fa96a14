/** A diagnosis in the words of a timeline. Pure. */
import type { Observation } from '@holdfast/checks/contract';
import type { RootCause } from '@holdfast/checks/diagnosis';
import type { Fault } from '../incidents/decide-cause.ts';
import type { AttachedDiagnosis } from './attached-diagnosis.ts';

/** The faults that a diagnosis tells apart: its roots as ranked, then what fails and leads to none of them (advice, suspicion). */
export function listFaults({ roots, observations }: AttachedDiagnosis): readonly Fault[] {
	const rooted = roots.map(({ observation, message, echoes }) => ({ key: observation, message, keys: [observation, ...echoes] }));
	const known = new Set(rooted.flatMap(({ keys }) => keys));
	const alone = observations.filter(({ state, key }) => state === 'fail' && !known.has(key));
	return [...rooted, ...alone.map(({ key, reason }) => ({ key, message: reason, keys: [key] }))];
}

/** `Cause: … Proof: … Next: …` @param reason why, where no cause is confirmed */
export function describeDiagnosis(diagnosis: AttachedDiagnosis, fault: Fault | null, reason: string): string {
	if (fault === null) return `Cause: not known. ${sentence(reason)} ${describeLook(diagnosis)}`;
	const root = findRoot(diagnosis, fault);
	const named = root?.causes[0];
	const known = named === undefined ? '' : ` (${diagnosis.runbook ?? 'runbook'}:${named.line} ${named.text})`;
	const since = root?.changes?.[0];
	const changed =
		since === undefined ? '' : ` ${since.name} changed at ${since.at}${since.from === undefined ? '' : ` from ${since.from}`}.`;
	return [`Cause: ${stop(fault.message)}${known}.${changed}`, `Proof: ${sentence(prove(diagnosis, fault))}`, describeNext(diagnosis, root)]
		.filter((text) => text !== '')
		.join(' ');
}

/** As an incident keeps it: its own cause first among the roots. */
export function aboutFault(diagnosis: AttachedDiagnosis, fault: Fault | null): AttachedDiagnosis {
	const isOwn = ({ observation }: RootCause): boolean => observation === fault?.key;
	return { ...diagnosis, roots: [...diagnosis.roots.filter(isOwn), ...diagnosis.roots.filter((root) => !isOwn(root))] };
}

/** Whether people learn anything from it that the opened message did not say. */
export function saysMore(diagnosis: AttachedDiagnosis, fault: Fault, openedAs: string): boolean {
	const root = findRoot(diagnosis, fault);
	return fault.key !== openedAs || (root?.causes.length ?? 0) > 0 || (root?.fix ?? null) !== null;
}

function findRoot({ roots }: AttachedDiagnosis, { key }: Fault): RootCause | undefined {
	return roots.find(({ observation }) => observation === key);
}

function prove({ observations }: AttachedDiagnosis, { key, keys }: Fault): string {
	const shown = observations.find((one) => one.key === key);
	const echoes = keys.length - 1;
	const more = echoes === 0 ? '' : `; ${echoes} other ${echoes === 1 ? 'check fails' : 'checks fail'} as a consequence`;
	return `${key}: ${shown === undefined ? 'it fails' : stop(shown.reason)}${more}`;
}

/** The step of an issue that knows the cause, else the fix that the check itself names. */
function describeNext({ issues, runbook }: AttachedDiagnosis, root: RootCause | undefined): string {
	if (root === undefined) return '';
	const titles = root.causes.map(({ issue }) => issue);
	const next = issues.find(({ title, next: step }) => titles.includes(title) && step !== null)?.next ?? null;
	if (next !== null)
		return `Next: ${runbook ?? 'runbook'}:${next.line} ${stop(next.text)}${next.fix === null ? '' : ` → ${stop(next.fix)}`}.`;
	return root.fix === null ? '' : `Next: ${sentence(root.fix)}`;
}

function describeLook({ observations }: AttachedDiagnosis): string {
	const count = (state: Observation['state']): number => observations.filter((one) => one.state === state).length;
	return `${observations.length} checks: ${count('ok')} ok, ${count('fail')} fail, ${count('unknown')} could not tell.`;
}

function stop(text: string): string {
	return text.trim().replace(/\.$/, '');
}

function sentence(text: string): string {
	return `${stop(text)}.`;
}
