import type { LintFinding, LintReport } from '@holdfast/engine/operations';
import type { Layout } from '../session.ts';
import { formatCount } from '../terminal/format-duration.ts';
import { type Cell, formatTable } from '../terminal/rows.ts';
import type { Paint, Style } from '../terminal/style.ts';
import { showPlace } from './place.ts';
import { endSentence } from './problems.ts';

type Severity = LintFinding['severity'];

/** `file:line:column` as editors read it, the rule, what is wrong, what to do. */
export function renderLint({ path, findings }: LintReport, { columns, style }: Layout): readonly string[] {
	if (findings.length === 0) return [`${path}: nothing to remark.`];
	const rows = findings.map(({ line, column, severity, rule, message, hint }): readonly Cell[] => [
		{ text: showPlace(path, line, column), paint: style.bold },
		{ text: severity, paint: paintOf(style)[severity] },
		{ text: hint === '' ? message : `${endSentence(message)} ${hint}` },
		{ text: rule, paint: style.dim },
	]);
	const table = formatTable(
		0,
		rows.map(([place = { text: '' }, level = { text: '' }, words = { text: '' }, rule = { text: '' }]) => [place, level, rule, words]),
		[40, 7, 5],
		columns,
	);
	return [...table, '', `${path}: ${countBySeverity(findings)}.`];
}

/** Whether a finding makes the document bad. */
export function isBad({ severity }: LintFinding, strict: boolean): boolean {
	return severity === 'error' || (strict && severity === 'warning');
}

function countBySeverity(findings: readonly LintFinding[]): string {
	const severities: readonly Severity[] = ['error', 'warning', 'info'];
	const counts = severities.map((severity) => ({ severity, count: findings.filter((finding) => finding.severity === severity).length }));
	const words: Readonly<Record<Severity, (count: number) => string>> = {
		error: (count) => formatCount(count, 'error'),
		warning: (count) => formatCount(count, 'warning'),
		info: (count) => formatCount(count, 'remark'),
	};
	return counts
		.filter(({ count }) => count > 0)
		.map(({ severity, count }) => words[severity](count))
		.join(', ');
}

function paintOf(style: Style): Readonly<Record<Severity, Paint>> {
	return { error: style.red, warning: style.yellow, info: style.dim };
}
