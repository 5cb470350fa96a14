import type { Diagnosis, DiagnosisReport } from '@holdfast/engine/operations';
import type { Layout } from '../session.ts';
import { formatCount, formatDuration } from '../terminal/format-duration.ts';
import { formatEnds, formatRow } from '../terminal/rows.ts';
import { renderAdvice } from './diagnosis-advice.ts';
import { renderIssue } from './diagnosis-issue.ts';
import { renderNext, renderRoots } from './diagnosis-roots.ts';
import { renderVerdict } from './diagnosis-verdict.ts';
import { showPlace } from './place.ts';

/** The answer first, then the proof, then the next step; below it every cause with what became of it. */
export function renderDiagnosis(report: DiagnosisReport, layout: Layout): readonly string[] {
	const { diagnosis } = report;
	const blocks = [
		[...renderHeader(report, layout), ...renderAsked(report, layout)],
		diagnosis.roots.length === 0 ? renderVerdict(report, layout) : renderRoots(report, layout),
		...diagnosis.issues.map((issue) => renderIssue(issue, report, layout)),
		renderAdvice(diagnosis, layout),
		renderNext(report, layout),
	];
	return blocks.filter((block) => block.length > 0).flatMap((block, index) => (index === 0 ? block : ['', ...block]));
}

function renderHeader({ diagnosis, service, runbook }: DiagnosisReport, { columns, style }: Layout): readonly string[] {
	const figures = `${formatDuration(diagnosis.durationMs)} · ${formatCount(diagnosis.observations.length, 'check')}`;
	return formatEnds(
		{ text: `${service.name} · ${nameScope(diagnosis, runbook)}`, paint: style.bold },
		{ text: figures, paint: style.dim },
		columns,
	);
}

function nameScope({ issues }: Diagnosis, runbook: string): string {
	const [only] = issues;
	if (only === undefined) return `${runbook} names no issue`;
	return issues.length === 1 ? `${only.title} (${showPlace(runbook, only.line)})` : `all ${issues.length} issues`;
}

function renderAsked({ diagnosis, alternatives, runbook }: DiagnosisReport, { columns, style }: Layout): readonly string[] {
	const { asked, issues } = diagnosis;
	if (asked === null) return [];
	const also = alternatives.map(({ text, line }) => `${text} (${showPlace(runbook, line)})`).join(', ');
	const several = issues.length > 1 ? `; ${issues.length} issues fit, all were looked at` : '';
	const words = `Taken for "${asked.matched}" (${showPlace(runbook, asked.line)})${several}.${also === '' ? '' : ` Also near: ${also}.`}`;
	return formatRow(0, [{ text: words, paint: style.dim }], [], columns);
}
