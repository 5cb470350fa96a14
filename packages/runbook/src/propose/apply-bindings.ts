import { distributeFenceBindings } from '../directive/fenced-command.ts';
import { isSameBinding, rebindRunbook } from '../directive/rebind.ts';
import type { Binding, Runbook } from '../model.ts';
import type { Proposal } from './proposal.ts';

/**
 * A copy of the model whose nodes carry the proposals, declared bindings first. What a directive above a fence says of one of
 * several commands goes to that command.
 */
export function applyBindings(runbook: Runbook, proposals: readonly Proposal[]): Runbook {
	const byAddress = new Map<string, Binding[]>();
	for (const { address, binding } of proposals) {
		const there = byAddress.get(address);
		if (there === undefined) byAddress.set(address, [binding]);
		else there.push(binding);
	}
	return rebindRunbook(distributeFenceBindings(runbook), (address, bindings) => {
		const more = (byAddress.get(address) ?? []).filter((binding) => !bindings.some((own) => isSameBinding(own, binding)));
		if (more.length === 0) return bindings;
		const declared = bindings.filter((binding) => binding.certainty === 'declared');
		return [...declared, ...bindings.filter((binding) => binding.certainty !== 'declared'), ...more];
	});
}
