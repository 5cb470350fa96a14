import type { SourceProblem } from '@holdfast/engine/operations';
import type { Layout } from '../session.ts';
import { formatTable } from '../terminal/rows.ts';

/** `RUNBOOK.md:67:64  check env.secrets: no such check. Did you mean env.secret?` */
export function renderProblems(problems: readonly SourceProblem[], { columns, style }: Layout): readonly string[] {
	const rows = problems.map((problem) => {
		const words = problem.hint === '' ? problem.message : `${endSentence(problem.message)} ${problem.hint}`;
		return [...(problem.file === null ? [] : [{ text: placeOf(problem), paint: style.bold }]), { text: words }];
	});
	const placed = rows.filter((row) => row.length === 2);
	const bare = rows.filter((row) => row.length === 1);
	return [...formatTable(0, placed, [36], columns), ...formatTable(0, bare, [], columns)];
}

export function placeOf({ file, line, column }: Pick<SourceProblem, 'file' | 'line' | 'column'>): string {
	return [file, line, column].filter((part) => part !== null).join(':');
}

/** Before a hint follows on the same line. */
export function endSentence(text: string): string {
	return /[.!?:]$/.test(text) ? text : `${text}.`;
}
