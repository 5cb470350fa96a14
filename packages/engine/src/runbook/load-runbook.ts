import type { Problem, Runbook } from '@holdfast/runbook/model';
import { readRunbook } from '@holdfast/runbook/read';
import { readText, type TextFile } from '../files/read-text.ts';
import { OperationError, type SourceProblem } from '../operation-error.ts';
import type { OperationContext } from '../ports.ts';

/** The parser reads 5 MB in about a second; what is more than twice that is no document that people keep. */
export const RUNBOOK_LIMIT_BYTES = 10 * 1024 * 1024;

export interface LoadedRunbook {
	readonly file: TextFile;
	readonly runbook: Runbook;
	readonly warnings: readonly SourceProblem[];
}

/** Reads and parses a Markdown runbook. @throws OperationError with all problems. */
export async function loadRunbook(ctx: OperationContext, path: string): Promise<LoadedRunbook> {
	const file = await readText(ctx, path, { expected: 'a Markdown runbook', limitBytes: RUNBOOK_LIMIT_BYTES });
	const reading = readRunbook(file.text);
	if (reading.ok) return { file, runbook: reading.runbook, warnings: toSourceProblems(file.shownPath, reading.warnings) };
	throw new OperationError('invalid', `${file.shownPath} cannot be read as a runbook`, {
		problems: toSourceProblems(file.shownPath, reading.problems),
	});
}

export function toSourceProblems(file: string, problems: readonly Problem[]): readonly SourceProblem[] {
	return problems.map(({ line, column, message, hint }) => ({ file, line, column, message, hint }));
}
