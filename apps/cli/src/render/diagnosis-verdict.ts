import type { DiagnosisReport, Observation } from '@holdfast/engine/operations';
import { speaksForService } from '../exit-of-diagnosis.ts';
import type { Layout } from '../session.ts';
import { formatCount } from '../terminal/format-duration.ts';
import { formatRow, formatTable } from '../terminal/rows.ts';

/** One sentence when nothing failed, and what could not be told with what would make it known. */
export function renderVerdict(report: DiagnosisReport, { columns, style }: Layout): readonly string[] {
	const { diagnosis } = report;
	const { observations } = diagnosis;
	const unknown = observations.filter(({ state, applicable }) => state === 'unknown' && applicable);
	const apart = observations.filter(({ state, applicable }) => state === 'unknown' && !applicable).length;
	const counts = countStates(observations);
	const { sentence, isWell } =
		counts.ok + counts.warn === 0 ? { sentence: 'Nothing could be told.', isWell: false } : chooseSentence(report);
	// Of a single issue the causes below say what each wants for.
	const toldBelow = new Set(
		diagnosis.issues.length === 1 ? diagnosis.issues.flatMap(({ causes }) => causes.flatMap((cause) => cause.observations)) : [],
	);
	const groups = groupByReason(unknown.filter(({ key }) => !toldBelow.has(key)));
	const rows = groups.map(({ keys, reason, enable }) => [{ text: keys.join('\n') }, { text: joinEnable(reason, enable) }]);
	const figures = [
		counts.ok > 0 ? `${counts.ok} ok` : '',
		counts.warn > 0 ? formatCount(counts.warn, 'warning') : '',
		apart > 0 ? `${apart} ${apart === 1 ? 'does' : 'do'} not apply` : '',
		unknown.length > 0 ? `${unknown.length} could not tell` : '',
	].filter((part) => part !== '');
	const ending = figures.length === 0 ? '' : rows.length > 0 ? ':' : '.';
	const words = `${sentence} ${figures.join(', ')}${ending}`.trim();
	return [
		...formatRow(2, [{ text: words, paint: isWell ? style.green : style.yellow }], [], columns),
		...formatTable(4, rows, [Math.floor(columns / 3)], columns),
	];
}

/** Well is said only of what was told: an issue that no check answered is not well, nor is a service of which only the network was seen. */
function chooseSentence({ diagnosis: { issues, observations }, basis }: DiagnosisReport): {
	readonly sentence: string;
	readonly isWell: boolean;
} {
	const untold = issues.filter(({ state }) => state === 'unknown').length;
	const unbound = basis === 'general' ? ' No line of the runbook is bound to a check.' : '';
	if (untold > 0) {
		const which = issues.length === 1 ? 'The issue' : `${untold} of ${issues.length} issues`;
		const rest = untold < issues.length ? ' Nothing is wrong with the others that the runbook knows of.' : '';
		return { sentence: `${which} could not be told.${rest}${unbound}`, isWell: false };
	}
	if (basis === 'runbook' && issues.length > 0) return { sentence: 'Nothing is wrong that the runbook knows of.', isWell: true };
	if (observations.some(speaksForService)) return { sentence: `Nothing is wrong that can be seen from outside.${unbound}`, isWell: true };
	return { sentence: `Whether the application works could not be told.${unbound}`, isWell: false };
}

function countStates(observations: readonly Observation[]): Record<Observation['state'], number> {
	const counts = { ok: 0, warn: 0, fail: 0, unknown: 0 };
	for (const { state } of observations) counts[state] += 1;
	return counts;
}

interface Untold {
	readonly keys: readonly string[];
	readonly reason: string;
	readonly enable: string | null;
}

/** Checks that want for the same thing are told together. */
function groupByReason(observations: readonly Observation[]): readonly Untold[] {
	const groups = new Map<string, { keys: string[]; reason: string; enable: string | null }>();
	for (const { key, reason, enable } of observations) {
		const name = `${reason}\n${enable ?? ''}`;
		const group = groups.get(name) ?? { keys: [], reason, enable };
		group.keys.push(key);
		groups.set(name, group);
	}
	return [...groups.values()];
}

/** Why it could not be told, and below it what would make it known. */
export function joinEnable(reason: string, enable: string | null): string {
	return enable === null || reason.includes(enable) ? reason : `${reason}\n→ ${enable}`;
}
