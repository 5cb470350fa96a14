import type { Catalogue } from '@holdfast/runbook/catalogue';
import { judgeBinding, readSidecar, type Sidecar } from '@holdfast/runbook/directive';
import { readText, type TextFile } from '../files/read-text.ts';
import { OperationError, type SourceProblem } from '../operation-error.ts';
import type { OperationContext } from '../ports.ts';
import { RUNBOOK_LIMIT_BYTES, toSourceProblems } from './load-runbook.ts';

export interface LoadedSidecar {
	/** Null when it is yet to be made. */
	readonly file: TextFile | null;
	readonly sidecar: Sidecar;
	/** Bindings that the catalogue does not know. */
	readonly problems: readonly SourceProblem[];
}

/** @param missing `allow` for a file that is about to be written. @throws OperationError with all problems of its form. */
export async function loadSidecar(
	ctx: OperationContext,
	path: string,
	catalogue: Catalogue,
	missing: 'allow' | 'refuse',
): Promise<LoadedSidecar> {
	if (missing === 'allow' && (await ctx.files.read(path, RUNBOOK_LIMIT_BYTES)).kind === 'missing') {
		return { file: null, sidecar: { entries: [] }, problems: [] };
	}
	const file = await readText(ctx, path, { expected: 'a sidecar of bindings', limitBytes: RUNBOOK_LIMIT_BYTES });
	const reading = readSidecar(file.text);
	if (!reading.ok) {
		throw new OperationError('invalid', `${file.shownPath} cannot be read as a sidecar of bindings`, {
			problems: toSourceProblems(file.shownPath, reading.problems),
		});
	}
	const problems = reading.sidecar.entries.flatMap(({ binding, line, column }) =>
		judgeBinding(binding, catalogue).map(({ message, hint }) => ({ file: file.shownPath, line, column, message, hint })),
	);
	return { file, sidecar: reading.sidecar, problems };
}
