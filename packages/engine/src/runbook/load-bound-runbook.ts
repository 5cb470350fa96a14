import type { Catalogue } from '@holdfast/runbook/catalogue';
import { applySidecar, validateDirectives } from '@holdfast/runbook/directive';
import type { Runbook } from '@holdfast/runbook/model';
import { applyBindings, type Proposal, proposeBindings } from '@holdfast/runbook/propose';
import type { SourceProblem } from '../operation-error.ts';
import type { OperationContext } from '../ports.ts';
import { type LoadedRunbook, loadRunbook, toSourceProblems } from './load-runbook.ts';
import { type LoadedSidecar, loadSidecar } from './load-sidecar.ts';

export interface BoundRunbook extends LoadedRunbook {
	/** Declared bindings, the document's and the sidecar's, and all proposals. */
	readonly bound: Runbook;
	/** What the rules propose and nobody has declared. */
	readonly proposals: readonly Proposal[];
	readonly sidecar: LoadedSidecar | null;
	/** Directives, in the document or the sidecar, that are wrong: none of them is in force. */
	readonly problems: readonly SourceProblem[];
	readonly catalogue: Catalogue;
}

export interface BoundRunbookOptions {
	readonly sidecarPath: string | null;
	/** `allow`: the sidecar is about to be written. */
	readonly missingSidecar?: 'allow' | 'refuse';
}

/** Reads a runbook with its bindings: its directives, those of a sidecar, and what the rules propose. @throws OperationError */
export async function loadBoundRunbook(
	ctx: OperationContext,
	path: string,
	{ sidecarPath, missingSidecar = 'refuse' }: BoundRunbookOptions,
): Promise<BoundRunbook> {
	const [loaded, { describeCatalogue }] = await Promise.all([loadRunbook(ctx, path), import('@holdfast/checks/registry')]);
	const catalogue = describeCatalogue();
	const sidecar = sidecarPath === null ? null : await loadSidecar(ctx, sidecarPath, catalogue, missingSidecar);
	const applied = sidecar === null ? { runbook: loaded.runbook, problems: [] } : applySidecar(loaded.runbook, sidecar.sidecar);
	const proposals = proposeBindings(applied.runbook, catalogue);
	const problems = [
		...toSourceProblems(loaded.file.shownPath, validateDirectives(loaded.runbook, catalogue, loaded.file.text.split(/\r\n|[\r\n]/))),
		...(sidecar?.problems ?? []),
		...toSourceProblems(sidecar?.file?.shownPath ?? '', applied.problems),
	];
	return { ...loaded, bound: applyBindings(applied.runbook, proposals), proposals, sidecar, problems, catalogue };
}
