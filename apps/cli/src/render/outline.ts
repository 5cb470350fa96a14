import type { ShownRunbook } from '@holdfast/engine/operations';
import type { Binding, Issue, Procedure, Runbook, Step } from '@holdfast/runbook/model';
import type { Layout } from '../session.ts';
import { formatCount } from '../terminal/format-duration.ts';
import { type Cell, formatEnds, formatRow, formatTable } from '../terminal/rows.ts';
import type { Paint } from '../terminal/style.ts';

/** The document at a glance: what it holds, where it stands, what each line is bound to. */
export function renderOutline({ path, runbook }: ShownRunbook, layout: Layout): readonly string[] {
	const { columns, style } = layout;
	const alone = runbook.procedures.filter(({ issue }) => issue === null);
	const blocks = [
		formatEnds(
			{ text: runbook.title || path, paint: style.bold },
			{ text: `${path} · ${formatCount(runbook.lineCount, 'line')}`, paint: style.dim },
			columns,
		),
		formatRow(0, [{ text: listCounts(runbook) }], [], columns),
		...runbook.issues.map((issue) => renderIssue(issue, layout)),
		...alone.map((procedure) => renderProcedure(procedure, layout)),
		...runbook.checklists.map(({ title, line, period, items }) => [
			...heading(title, period ?? 'checklist', line, layout),
			...rows(
				items.map(({ line: at, text, bindings }) => ({ at, mark: '☐', text, bindings })),
				layout,
			),
		]),
		renderContacts(runbook, layout),
		renderCommands(runbook, layout),
	];
	return blocks.filter((block) => block.length > 0).flatMap((block, index) => (index === 0 ? block : ['', ...block]));
}

function listCounts(runbook: Runbook): string {
	const runnable = runbook.fences.filter((fence) => fence.runnable).length;
	return [
		formatCount(runbook.issues.length, 'issue'),
		formatCount(runbook.procedures.length, 'procedure'),
		formatCount(runbook.checklists.length, 'checklist'),
		formatCount(runbook.contacts.length, 'contact'),
		`${formatCount(runbook.fences.length, 'fence')} (${runnable} runnable)`,
		formatCount(runbook.commands.length, 'useful command'),
		formatCount(runbook.urls.length, 'URL'),
		runbook.rollback ? 'a rollback' : 'no rollback',
	].join(' · ');
}

function renderIssue(issue: Issue, layout: Layout): readonly string[] {
	return [
		...heading(issue.title, issue.severity === null ? 'issue' : `issue, ${issue.severity}`, issue.line, layout),
		...rows(
			[
				...issue.symptoms.map(({ line, text, bindings }) => ({ at: line, mark: 'seen', text, bindings })),
				...issue.causes.map(({ line, text, bindings }, index) => ({ at: line, mark: `why ${index + 1}`, text, bindings })),
				...issue.steps.flatMap((step, index) => listSteps(step, `${index + 1}`)),
			],
			layout,
		),
	];
}

function renderProcedure(procedure: Procedure, layout: Layout): readonly string[] {
	return [
		...heading(procedure.title, procedure.role === 'other' ? 'procedure' : `procedure, ${procedure.role}`, procedure.line, layout),
		...rows(
			[
				...procedure.when.map(({ line, text, bindings }) => ({ at: line, mark: 'when', text, bindings })),
				...procedure.steps.flatMap((step, index) => listSteps(step, `${index + 1}`)),
			],
			layout,
		),
	];
}

interface OutlineRow {
	readonly at: number;
	readonly mark: string;
	readonly text: string;
	readonly bindings: readonly Binding[];
}

function listSteps(step: Step, number: string): readonly OutlineRow[] {
	const commands = step.commands.map(({ line, source, refused }) => ({
		at: line,
		mark: '$',
		text: refused === null ? source : `${source}   (not run as it stands: ${refused})`,
		bindings: [],
	}));
	const own = { at: step.line, mark: number, text: step.lead ?? step.text, bindings: step.bindings };
	return [own, ...commands, ...step.substeps.flatMap((substep, index) => listSteps(substep, `${number}.${index + 1}`))];
}

function heading(title: string, kind: string, line: number, { columns, style }: Layout): readonly string[] {
	return formatEnds({ text: title, paint: style.bold }, { text: `${kind} · line ${line}`, paint: style.dim }, columns);
}

function rows(lines: readonly OutlineRow[], { columns, style }: Layout): readonly string[] {
	const cells = lines.map(({ at, mark, text, bindings }): readonly Cell[] => [
		{ text: String(at), paint: style.dim },
		{ text: mark, paint: style.cyan },
		{ text: [text, ...bindings.map((binding) => `→ ${showBinding(binding)}`)].join('\n') },
	]);
	return formatTable(2, cells, [5, 7], columns);
}

/** `check http.health path=/api/health (B2, certain)`; a declared one needs no rule beside it. */
export function showBinding({ kind, id, params, rule, certainty }: Binding): string {
	const told = Object.entries(params).map(([name, value]) => `${name}=${/[\s"]/.test(value) ? JSON.stringify(value) : value}`);
	return [kind, id, ...told, certainty === 'declared' ? '' : `(${rule}, ${certainty})`].filter((part) => part !== '').join(' ');
}

function renderContacts({ contacts }: Runbook, { columns, style }: Layout): readonly string[] {
	if (contacts.length === 0) return [];
	const paint = (placeholder: boolean): Paint | undefined => (placeholder ? style.yellow : undefined);
	const cells = contacts.map(({ line, name, channels }): readonly Cell[] => {
		const placeholder = channels.every((channel) => channel.placeholder);
		const values = channels.map(({ value }) => value).join(', ');
		return [
			{ text: String(line), paint: style.dim },
			{ text: name },
			{ text: placeholder ? `${values}   placeholder: nobody would be reached` : values, paint: paint(placeholder) },
		];
	});
	return [...formatRow(0, [{ text: 'Contacts', paint: style.bold }], [], columns), ...formatTable(2, cells, [5, 28], columns)];
}

function renderCommands({ commands }: Runbook, { columns, style }: Layout): readonly string[] {
	if (commands.length === 0) return [];
	const cells = commands.map(({ line, label, command, bindings }): readonly Cell[] => [
		{ text: String(line), paint: style.dim },
		{ text: label },
		{ text: [command.source, ...bindings.map((binding) => `→ ${showBinding(binding)}`)].join('\n') },
	]);
	return [...formatRow(0, [{ text: 'Useful commands', paint: style.bold }], [], columns), ...formatTable(2, cells, [5, 28], columns)];
}
