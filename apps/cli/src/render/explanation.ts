import type { CheckExplanation, DescribedParam } from '@holdfast/engine/operations';
import type { Layout } from '../session.ts';
import { formatDuration } from '../terminal/format-duration.ts';
import { type Cell, formatRow, formatTable } from '../terminal/rows.ts';

/** A check for a person: the question, what the answers mean, what it can be told, what it needs. */
export function renderExplanation(check: CheckExplanation, { columns, style }: Layout): readonly string[] {
	const list = (title: string, lines: readonly string[]): readonly string[] =>
		lines.length === 0 ? [] : ['', style.bold(title), ...lines];
	const params = check.params.map((param): readonly Cell[] => [
		{ text: `  ${param.name}`, paint: style.cyan },
		{ text: describeParam(param) },
	]);
	const example = ['holdfast check', check.id, ...check.params.filter(({ required }) => required).map((param) => param.example)].join(' ');
	return [
		...formatRow(0, [{ text: `${check.id} · ${check.title}`, paint: style.bold }], [], columns),
		...formatRow(0, [{ text: check.question }], [], columns),
		'',
		...formatRow(0, [{ text: check.explains }], [], columns),
		...list('Parameters', formatTable(0, params, [20], columns)),
		...list(
			'Asks for',
			check.requires.flatMap((text) => formatRow(2, [{ text }], [], columns)),
		),
		...list(
			'Comes after',
			check.needs.length === 0
				? []
				: formatRow(2, [{ text: `${check.needs.join(', ')}: when one of these fails, this one is its echo.` }], [], columns),
		),
		'',
		...formatRow(0, [{ text: `Longest it takes: ${formatDuration(check.deadlineMs)}.`, paint: style.dim }], [], columns),
		...formatRow(0, [{ text: `Try it: ${example}`, paint: style.dim }], [], columns),
		...formatRow(
			0,
			[
				{
					text: `In a runbook: <!-- check: ${[check.id, ...check.params.filter(({ required }) => required).map((param) => param.example)].join(' ')} -->`,
					paint: style.dim,
				},
			],
			[],
			columns,
		),
	];
}

function describeParam({ description, kind, required, default: standard, minimum, maximum, allowed, example }: DescribedParam): string {
	const range =
		allowed !== undefined
			? `one of ${allowed.join(', ')}`
			: minimum !== undefined && maximum !== undefined
				? `${kind}, ${minimum} to ${maximum}`
				: minimum !== undefined
					? `${kind}, at least ${minimum}`
					: maximum !== undefined
						? `${kind}, at most ${maximum}`
						: kind;
	const given = required
		? `required, for example ${example}`
		: standard === null || standard === ''
			? 'may be left out'
			: `default ${standard}`;
	return `${description === '' ? '' : `${description.replace(/\.$/, '')}. `}(${range}; ${given})`;
}
