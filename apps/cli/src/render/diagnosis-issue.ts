import type { DiagnosisReport, IssueDiagnosis, JudgedCause } from '@holdfast/engine/operations';
import type { Layout } from '../session.ts';
import { type Cell, formatEnds } from '../terminal/rows.ts';
import type { Paint, Style } from '../terminal/style.ts';
import { joinEnable } from './diagnosis-verdict.ts';
import { type Labelled, renderLabelled } from './labelled.ts';
import { showPlace } from './place.ts';

const stateWords: Readonly<Record<IssueDiagnosis['state'], string>> = {
	failing: 'failing',
	warning: 'warning',
	well: 'well',
	unknown: 'could not tell',
};

/** An issue: what was seen of it, and every cause confirmed, ruled out or not told, with the reason. */
export function renderIssue(issue: IssueDiagnosis, { diagnosis, runbook }: DiagnosisReport, layout: Layout): readonly string[] {
	const { columns, style } = layout;
	const heading =
		diagnosis.issues.length === 1
			? []
			: formatEnds(
					{ text: `${issue.title} (${showPlace(runbook, issue.line)})`, paint: style.bold },
					{ text: stateWords[issue.state], paint: paintOf(style)[issue.state] },
					columns,
				);
	const seen = issue.symptoms.filter(({ verdict }) => verdict === 'seen').map(({ text, reason }) => [{ text }, { text: reason }]);
	// Of a single issue the confirmed causes stand above, with their proof.
	const confirmed = diagnosis.issues.length === 1 && diagnosis.roots.length > 0 ? [] : listCauses(issue, 'confirmed');
	const sections: readonly Labelled[] = [
		{ label: 'Seen', paint: style.yellow, rows: seen },
		{ label: 'Cause', paint: style.red, rows: confirmed },
		{ label: 'Not it', paint: style.dim, rows: listCauses(issue, 'ruled-out') },
		{ label: '?', paint: style.yellow, rows: listUntold(issue, diagnosis.issues.length === 1) },
	];
	return [...heading, ...renderLabelled(sections, layout)];
}

function listCauses({ causes }: IssueDiagnosis, verdict: JudgedCause['verdict']): readonly (readonly Cell[])[] {
	return causes.filter((cause) => cause.verdict === verdict).map(({ text, reason }) => [{ text }, { text: reason }]);
}

/** What would make a cause known is said once, and only where one issue is looked at: for all issues the list of checks says it. */
function listUntold({ causes }: IssueDiagnosis, alone: boolean): readonly (readonly Cell[])[] {
	const said = new Set<string | null>();
	return causes
		.filter(({ verdict }) => verdict === 'could-not-tell')
		.map(({ text, reason, enable }) => {
			const isNew = !said.has(enable);
			said.add(enable);
			return [{ text }, { text: joinEnable(reason, alone && isNew ? enable : null) }];
		});
}

function paintOf(style: Style): Readonly<Record<IssueDiagnosis['state'], Paint>> {
	return { failing: style.red, warning: style.yellow, well: style.green, unknown: style.yellow };
}
