import { removeBindings } from '@holdfast/runbook/directive';
import { readRunbook } from '@holdfast/runbook/read';
import { writeText } from '../../files/write-text.ts';
import type { OperationContext } from '../../ports.ts';
import { chooseRunbook, type RunbookSelection } from '../../runbook/choose-runbook.ts';
import { loadRunbook } from '../../runbook/load-runbook.ts';

export interface UnbindInput extends RunbookSelection {
	readonly dryRun?: boolean | undefined;
}

export interface UnbindReport {
	readonly path: string;
	/** Comments that hold bindings, whoever wrote them. */
	readonly removedBindings: number;
	/** Bytes that the bindings took. */
	readonly removedBytes: number;
	readonly outcome: 'written' | 'unchanged' | 'dry-run';
}

/** Takes all bindings out of a runbook: what is left is the document as it was before they were written. @throws OperationError */
export async function unbindRunbook(ctx: OperationContext, input: UnbindInput): Promise<UnbindReport> {
	const { path } = await chooseRunbook(ctx, input);
	const { file, runbook } = await loadRunbook(ctx, path);
	const text = removeBindings(file.text);
	const removedBytes = Buffer.byteLength(file.text) - Buffer.byteLength(text);
	const after = readRunbook(text);
	const removedBindings = after.ok ? runbook.comments.length - after.runbook.comments.length : 0;
	const report = { path: file.shownPath, removedBindings, removedBytes };
	if (text === file.text) return { ...report, outcome: 'unchanged' };
	if (input.dryRun === true) return { ...report, outcome: 'dry-run' };
	await writeText(ctx, file.path, text, file.version);
	return { ...report, outcome: 'written' };
}
