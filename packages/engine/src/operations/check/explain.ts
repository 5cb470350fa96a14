import type { CheckExplanation } from '@holdfast/checks/registry';
import { findNearestName } from '@holdfast/runbook/nearest-name';
import { OperationError } from '../../operation-error.ts';
import type { OperationContext } from '../../ports.ts';

export interface ListedCheck {
	readonly id: string;
	readonly title: string;
}

/** Explains one check. @throws OperationError `not_found` with the nearest id. */
export async function explainServiceCheck(_ctx: OperationContext, { id }: { readonly id: string }): Promise<CheckExplanation> {
	const { explainCheck, checkIds } = await import('@holdfast/checks/registry');
	const explanation = explainCheck(id);
	if (explanation !== null) return explanation;
	const nearest = findNearestName(id, checkIds);
	throw new OperationError('not_found', `${id}: no such check`, {
		hint: nearest === null ? 'holdfast check --list shows every check.' : `Did you mean ${nearest}?`,
	});
}

/** Every check of this version, by id. */
export async function listChecks(_ctx: OperationContext): Promise<readonly ListedCheck[]> {
	const { describeCatalogue } = await import('@holdfast/checks/registry');
	return describeCatalogue()
		.entries.filter(({ kind }) => kind === 'check')
		.map(({ id, title }) => ({ id, title }));
}
