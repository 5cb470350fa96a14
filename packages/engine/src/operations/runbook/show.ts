import type { Runbook } from '@holdfast/runbook/model';
import type { SourceProblem } from '../../operation-error.ts';
import type { OperationContext } from '../../ports.ts';
import { chooseRunbook, type RunbookSelection } from '../../runbook/choose-runbook.ts';
import { loadBoundRunbook } from '../../runbook/load-bound-runbook.ts';

export interface ShownRunbook {
	/** From the working directory. */
	readonly path: string;
	/** With declared bindings and all proposals: what `holdfast runbook show --json` prints. */
	readonly runbook: Runbook;
	readonly warnings: readonly SourceProblem[];
	/** Directives that are wrong, and so not in force. */
	readonly problems: readonly SourceProblem[];
}

/** Reads a runbook: its model, with declared and proposed bindings. @throws OperationError */
export async function showRunbook(ctx: OperationContext, input: RunbookSelection): Promise<ShownRunbook> {
	const { path, sidecarPath } = await chooseRunbook(ctx, input);
	const { file, bound, warnings, problems } = await loadBoundRunbook(ctx, path, { sidecarPath });
	return { path: file.shownPath, runbook: bound, warnings, problems };
}
