import type { Issue, Line } from '../model.ts';
import type { TableBlock } from './blocks.ts';
import type { Draft } from './draft.ts';
import type { InlineLine } from './inline.ts';
import { readProseStep } from './step.ts';

interface Columns {
	readonly heads: readonly string[];
	readonly name: number;
	readonly cause: number;
	readonly fix: number;
}

/** Are its rows issues: `Error | Cause | Fix`, `Name | Summary | Severity` (rule I5)? */
export function isIssueTable(table: TableBlock): boolean {
	return readColumns(table) !== null;
}

function readColumns(table: TableBlock): Columns | null {
	const heads = table.header.map((cell) => cell.text.toLowerCase());
	const nameAt = heads.findIndex((head) =>
		/^(?:alert(?: name)?s?|errors?(?: (?:message|code|pattern))?|issues?|symptoms?|problems?|error pattern|what you see|failure)$/.test(
			head,
		),
	);
	const fallback =
		nameAt < 0 && heads.some((head) => /^severity$/.test(head)) && heads.some((head) => /^(?:runbook|fix|action|summary)$/.test(head))
			? heads.findIndex((head) => /^name$/.test(head))
			: nameAt;
	const causeAt = heads.findIndex((head) => /cause|reason|meaning/.test(head));
	const fixAt = heads.findIndex(
		(head, index) => index !== fallback && /action|fix|resolution|solution|remed|response|what to do|mitigation|steps/.test(head),
	);
	const saysMore = causeAt >= 0 || fixAt >= 0 || heads.some((head) => /^(?:summary|description|runbook|severity)$/.test(head));
	return fallback < 0 || !saysMore ? null : { heads, name: fallback, cause: causeAt, fix: fixAt };
}

/** Reads a table whose rows are issues; false when it is another kind of table (rule I5). */
export function readIssueTable(draft: Draft, table: TableBlock, parent: string): boolean {
	const columns = readColumns(table);
	if (columns === null) return false;
	for (const row of table.rows) {
		const name = row.cells[columns.name];
		if (name === undefined || name.text === '') continue;
		if (draft.issues.some((issue) => issue.title.toLowerCase() === name.text.toLowerCase())) continue;
		readRow(draft, row, name, row.cells[columns.cause], row.cells[columns.fix], row.cells[columns.heads.indexOf('severity')], parent);
	}
	return true;
}

function readRow(
	draft: Draft,
	row: TableBlock['rows'][number],
	name: InlineLine,
	cause: InlineLine | undefined,
	fix: InlineLine | undefined,
	severity: InlineLine | undefined,
	parent: string,
): void {
	const address = draft.addresses.give(parent, name.text);
	draft.claim(row.line, row.line, 'issue', address);
	const bindings = draft.bindingsAt(row.line, row.line);
	const line = (cell: InlineLine | undefined): readonly Line[] =>
		cell === undefined || cell.text === ''
			? []
			: [{ address: draft.addresses.give(address, cell.text), line: row.line, endLine: row.line, text: cell.text, bindings: [] }];
	const steps = fix === undefined || fix.text === '' ? [] : [readProseStep(draft, [fix], address)];
	const issue: Issue = {
		address,
		line: row.line,
		endLine: row.line,
		title: name.text,
		severity: severity?.text ?? null,
		alert: null,
		meaning: [],
		impact: [],
		symptoms: [
			{
				address: draft.addresses.give(address, 'symptom'),
				line: row.line,
				endLine: row.line,
				text: name.text,
				bindings: bindings.filter((binding) => binding.kind !== 'cause'),
			},
		],
		causes: line(cause),
		steps,
		procedures: [],
		verify: [],
		prevention: [],
		source: 'table_row',
	};
	draft.issues.push(issue);
}
