import type { LintFinding } from '@holdfast/runbook/lint';
import type { SourceProblem } from '../../operation-error.ts';
import type { OperationContext } from '../../ports.ts';
import { chooseRunbook, type RunbookSelection } from '../../runbook/choose-runbook.ts';
import { loadBoundRunbook } from '../../runbook/load-bound-runbook.ts';

export interface LintReport {
	readonly path: string;
	readonly title: string;
	readonly findings: readonly LintFinding[];
	/** Wrong directives: the document is invalid. */
	readonly problems: readonly SourceProblem[];
	readonly warnings: readonly SourceProblem[];
}

/** Looks for what will fail at night: placeholders, dead anchors, steps nobody verifies, commands that could hurt. @throws OperationError */
export async function lintRunbook(ctx: OperationContext, input: RunbookSelection): Promise<LintReport> {
	const { path, sidecarPath } = await chooseRunbook(ctx, input);
	const { file, bound, warnings, problems } = await loadBoundRunbook(ctx, path, { sidecarPath });
	const { lintRunbook: lint } = await import('@holdfast/runbook/lint');
	const today = new Date(ctx.clock.now()).toISOString().slice(0, 10);
	return { path: file.shownPath, title: bound.title, findings: lint(bound, file.text, { today }), problems, warnings };
}
