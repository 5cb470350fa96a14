import type { DiagnosisReport, Observation, RootCause } from '@holdfast/engine/operations';
import type { Layout } from '../session.ts';
import { formatCount } from '../terminal/format-duration.ts';
import type { Cell } from '../terminal/rows.ts';
import type { Style } from '../terminal/style.ts';
import { describePast } from './diagnosis-past.ts';
import { type Labelled, renderLabelled } from './labelled.ts';
import { showPlace } from './place.ts';

/** Each root once: what the runbook calls it, what was found, what shows it. */
export function renderRoots(report: DiagnosisReport, layout: Layout): readonly string[] {
	return report.diagnosis.roots.flatMap((root, index) => [...(index === 0 ? [] : ['']), ...renderRoot(root, report, layout)]);
}

function renderRoot(root: RootCause, report: DiagnosisReport, layout: Layout): readonly string[] {
	const { style } = layout;
	const observation = report.diagnosis.observations.find(({ key }) => key === root.observation);
	const names = [...new Set(root.causes.map(({ text, line }) => `${text} (${showPlace(report.runbook, line)})`))];
	const known = names.length > 0;
	const cause: Labelled = {
		label: 'Cause',
		paint: style.red,
		rows: [
			[{ text: known ? names.join(', ') : root.message, paint: style.bold }],
			[known ? { text: root.message } : { text: 'The runbook does not name this cause.', paint: style.dim }],
			...describePast(root, report).map((text) => [{ text }]),
		],
	};
	const proof: Labelled = { label: 'Proof', rows: [...listProof(root, observation), ...listEchoes(root, style)] };
	return [...renderLabelled([cause], layout), '', ...renderLabelled([proof], layout)];
}

/** The check that shows it, and what else it found. */
function listProof(root: RootCause, observation: Observation | undefined): readonly (readonly Cell[])[] {
	if (observation === undefined) return [[{ text: root.observation }]];
	const others = observation.findings.filter(
		({ severity, message }) => severity === 'fail' && message !== root.message && message !== observation.reason,
	);
	const reasons = [observation.reason, ...others.slice(0, 3).map(({ message }) => message)];
	const more = others.length > 3 ? [`and ${others.length - 3} more: holdfast check ${observation.key}`] : [];
	return [...reasons, ...more].map((text, index) => [{ text: index === 0 ? observation.key : '' }, { text }]);
}

function listEchoes({ echoes }: RootCause, style: Style): readonly (readonly Cell[])[] {
	if (echoes.length === 0) return [];
	const verb = echoes.length === 1 ? 'fails' : 'fail';
	return [[{ text: `${formatCount(echoes.length, 'other check')} ${verb} as a consequence.`, paint: style.dim }]];
}

/** Where to go on: the first failing issue's next step, each place once. */
export function renderNext({ diagnosis, runbook }: DiagnosisReport, layout: Layout): readonly string[] {
	if (diagnosis.roots.length === 0) return [];
	const steps = diagnosis.issues.filter(({ state }) => state === 'failing').flatMap(({ next }) => (next === null ? [] : [next]));
	const rows = steps
		.slice(0, 3)
		.map(({ line, text, fix }) => [{ text: showPlace(runbook, line) }, { text: fix === null ? text : `${text} → ${fix}` }]);
	const fixes = diagnosis.roots.flatMap(({ fix }) => (fix === null || steps.some((step) => step.fix === fix) ? [] : [[{ text: fix }]]));
	const all = rows.length > 0 ? rows : fixes;
	return all.length === 0 ? [] : renderLabelled([{ label: 'Next', paint: layout.style.green, rows: all }], layout);
}
