import type { BindReport } from '@holdfast/engine/operations';
import type { Layout } from '../session.ts';
import { formatCount } from '../terminal/format-duration.ts';
import { makePrintable } from '../terminal/printable.ts';
import { type Cell, formatTable } from '../terminal/rows.ts';
import type { Paint, Style } from '../terminal/style.ts';
import { showBinding } from './outline.ts';
import { showPlace } from './place.ts';

type Certainty = BindReport['proposals'][number]['binding']['certainty'];

/** What each line would be bound to, by which rule and how certain, and what was written. */
export function renderBindings(report: BindReport, { columns, style }: Layout): readonly string[] {
	const shown = report.outcome === 'shown' ? report.proposals : report.accepted;
	const rows = shown.map(({ line, binding }): readonly Cell[] => [
		{ text: showPlace(report.path, line), paint: style.dim },
		{ text: binding.certainty, paint: paintOf(style)[binding.certainty] },
		{ text: binding.rule, paint: style.dim },
		{ text: showBinding({ ...binding, certainty: 'declared' }) },
	]);
	const table = formatTable(0, rows, [40, 8, 5], columns);
	return [...table, ...(table.length === 0 ? [] : ['']), ...conclude(report).map(makePrintable)];
}

function conclude({ outcome, proposals, accepted, path, target }: BindReport): readonly string[] {
	const written = formatCount(accepted.length, 'binding');
	switch (outcome) {
		case 'written':
			return [
				target === path
					? `${written} written into ${target}. holdfast runbook unbind ${path} takes every binding out, also those written by hand; with --dry-run it shows how many.`
					: `${written} written into ${target}; ${path} is as it was. holdfast runbook show ${path} --sidecar ${target} shows them, "bindings: ${target}" in holdfast.yaml puts them to use.`,
			];
		case 'unchanged':
			return [`${target}: nothing new to write, nothing was changed.`];
		case 'dry-run':
			return [`${written} would be written into ${target}. Nothing was written.`];
		case 'shown':
			return concludeShown(proposals, path, target === path ? '' : ` --sidecar ${target}`);
	}
}

const writes = { certain: 'the certain ones', likely: 'the likely ones', guess: 'the guesses' } as const;

function concludeShown(proposals: BindReport['proposals'], path: string, sidecar: string): readonly string[] {
	if (proposals.length === 0) return [`${path}: no line without a binding fits a rule. Nothing was written.`];
	const count = (certainty: Certainty): number => proposals.filter(({ binding }) => binding.certainty === certainty).length;
	const most = count('certain') > 0 ? 'certain' : count('likely') > 0 ? 'likely' : 'guess';
	return [
		`${formatCount(proposals.length, 'proposal')}: ${count('certain')} certain, ${count('likely')} likely, ${count('guess')} a guess. Nothing was written.`,
		`holdfast runbook bind ${path}${sidecar} --accept ${most} writes ${writes[most]}.`,
	];
}

function paintOf(style: Style): Readonly<Record<Certainty, Paint>> {
	return { declared: style.bold, certain: style.green, likely: style.yellow, guess: style.dim };
}
