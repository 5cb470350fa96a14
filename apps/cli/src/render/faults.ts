import type { ListedCause, ListedFault } from '../dev/load-faults.ts';
import type { Layout } from '../session.ts';
import { formatRow } from '../terminal/rows.ts';

const FAULT_INDENT = 4;

/** The faults under the causes of the runbook that they stand for, in its order and its words; last those that it does not know. */
export function renderFaults(faults: readonly ListedFault[], { columns, style }: Layout): readonly string[] {
	const width = Math.min(Math.floor(columns / 2), Math.max(0, ...faults.map(({ id }) => id.length)));
	const show = ({ id, title, causes: [, ...others] }: ListedFault): readonly string[] => [
		...formatRow(FAULT_INDENT, [{ text: id }, { text: title }], [width], columns),
		...others.flatMap(({ line, text }) =>
			formatRow(FAULT_INDENT, [{ text: '' }, { text: `or line ${line}: ${text}`, paint: style.dim }], [width], columns),
		),
	];
	const heading = (text: string): readonly string[] => formatRow(0, [{ text, paint: style.bold }], [], columns);

	const causes = listFirstCauses(faults);
	const lineWidth = Math.max(0, ...causes.map(({ line }) => String(line).length));
	const issues = [...new Map(causes.map((cause) => [cause.issueLine, cause.issue]))];
	const sections = issues.map(([issueLine, issue]) => [
		...heading(`${issue} (RUNBOOK.md:${issueLine})`),
		...causes
			.filter((cause) => cause.issueLine === issueLine)
			.flatMap((cause) => [
				...formatRow(2, [{ text: String(cause.line), paint: style.dim }, { text: cause.text }], [lineWidth], columns),
				...faults.filter((fault) => fault.causes[0]?.line === cause.line).flatMap(show),
			]),
	]);
	const unknown = faults.filter((fault) => fault.causes.length === 0);
	if (unknown.length > 0) sections.push([...heading('Not in the runbook'), ...unknown.flatMap(show)]);
	return sections.flatMap((lines, index) => (index === 0 ? lines : ['', ...lines]));
}

function listFirstCauses(faults: readonly ListedFault[]): readonly ListedCause[] {
	const byLine = new Map(faults.flatMap(({ causes: [first] }) => (first === undefined ? [] : [[first.line, first] as const])));
	return [...byLine.values()].sort((a, b) => a.line - b.line);
}
