import { writeBindings, writeSidecar } from '@holdfast/runbook/directive';
import type { Proposal } from '@holdfast/runbook/propose';
import { showPath } from '../../files/read-text.ts';
import { writeText } from '../../files/write-text.ts';
import { OperationError, type SourceProblem } from '../../operation-error.ts';
import type { OperationContext } from '../../ports.ts';
import { chooseRunbook, type RunbookSelection } from '../../runbook/choose-runbook.ts';
import { type BoundRunbook, loadBoundRunbook } from '../../runbook/load-bound-runbook.ts';

export type AcceptedCertainty = 'certain' | 'likely' | 'guess';

export interface BindInput extends RunbookSelection {
	/** Least certainty that is written; absent: nothing is written. */
	readonly accept?: AcceptedCertainty | undefined;
	/** Everything but the writing. */
	readonly dryRun?: boolean | undefined;
}

export interface BindReport {
	readonly path: string;
	/** All that the rules propose and nobody has declared, in document order. */
	readonly proposals: readonly Proposal[];
	/** Those accepted: written, or (with dryRun) to be written. */
	readonly accepted: readonly Proposal[];
	/** Where they went: the document itself or a sidecar. */
	readonly target: string;
	readonly outcome: 'shown' | 'written' | 'unchanged' | 'dry-run';
	readonly warnings: readonly SourceProblem[];
}

const rank: Readonly<Record<AcceptedCertainty, number>> = { certain: 0, likely: 1, guess: 2 };

/**
 * Proposes bindings and, where asked, writes them into the document or a sidecar. A second call with the same input changes nothing.
 * @throws OperationError `invalid` with all problems when a directive of the document is wrong: then nothing is written;
 * `conflict` when the file changes meanwhile.
 */
export async function bindRunbook(ctx: OperationContext, input: BindInput): Promise<BindReport> {
	const chosen = await chooseRunbook(ctx, input);
	const { sidecarPath } = chosen;
	const loaded = await loadBoundRunbook(ctx, chosen.path, { sidecarPath, missingSidecar: 'allow' });
	refuseProblems(loaded);
	const { proposals, file, warnings } = loaded;
	const accepted = input.accept === undefined ? [] : selectAccepted(proposals, input.accept);
	const target = sidecarPath === null ? file.shownPath : showPath(ctx.directory, sidecarPath);
	const report = { path: file.shownPath, proposals, accepted, target, warnings };
	if (input.accept === undefined) return { ...report, outcome: 'shown' };
	const write = sidecarPath === null ? prepareDocument(loaded, accepted) : prepareSidecar(loaded, accepted, sidecarPath);
	if (write === null) return { ...report, outcome: 'unchanged' };
	if (input.dryRun === true) return { ...report, outcome: 'dry-run' };
	await writeText(ctx, write.path, write.text, write.expected);
	return { ...report, outcome: 'written' };
}

export function selectAccepted(proposals: readonly Proposal[], accept: AcceptedCertainty): readonly Proposal[] {
	return proposals.filter(({ binding }) => binding.certainty !== 'declared' && rank[binding.certainty] <= rank[accept]);
}

interface PreparedWrite {
	readonly path: string;
	readonly text: string;
	readonly expected: string | null;
}

function prepareDocument({ file, runbook }: BoundRunbook, accepted: readonly Proposal[]): PreparedWrite | null {
	const text = writeBindings(file.text, runbook, accepted);
	return text === file.text ? null : { path: file.path, text, expected: file.version };
}

function prepareSidecar({ sidecar }: BoundRunbook, accepted: readonly Proposal[], path: string): PreparedWrite | null {
	if (accepted.length === 0) return null;
	const text = writeSidecar([...(sidecar?.sidecar.entries ?? []), ...accepted]);
	const before = sidecar?.file ?? null;
	return before?.text === text ? null : { path, text, expected: before?.version ?? null };
}

function refuseProblems({ problems }: BoundRunbook): void {
	if (problems.length === 0) return;
	const count = `${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}`;
	throw new OperationError('invalid', `${count}, nothing written.`, { problems });
}
