import type { Coverage } from '@holdfast/runbook/coverage';
import type { SourceProblem } from '../../operation-error.ts';
import type { OperationContext } from '../../ports.ts';
import { chooseRunbook, type RunbookSelection } from '../../runbook/choose-runbook.ts';
import { loadBoundRunbook } from '../../runbook/load-bound-runbook.ts';

export interface CoverageInput extends RunbookSelection {
	/** `declared`: what stands in the document; `certain`: also what `bind --accept certain` would write. Default `certain`. */
	readonly counting?: 'declared' | 'certain' | undefined;
}

export interface CoverageReport {
	readonly path: string;
	readonly title: string;
	readonly counting: 'declared' | 'certain';
	readonly coverage: Coverage;
	readonly problems: readonly SourceProblem[];
}

/** Measures which lines of a runbook are live and names the rest. @throws OperationError */
export async function measureRunbookCoverage(ctx: OperationContext, input: CoverageInput): Promise<CoverageReport> {
	const { path, sidecarPath } = await chooseRunbook(ctx, input);
	const { file, bound, problems, catalogue } = await loadBoundRunbook(ctx, path, { sidecarPath });
	const { measureCoverage } = await import('@holdfast/runbook/coverage');
	const counting = input.counting ?? 'certain';
	return { path: file.shownPath, title: bound.title, counting, coverage: measureCoverage(bound, catalogue, { counting }), problems };
}
