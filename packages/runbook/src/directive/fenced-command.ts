import type { Binding, Runbook } from '../model.ts';
import { type Bindable, listBindable } from './bindable.ts';
import { rebindRunbook } from './rebind.ts';

/** Reserved parameter of a directive above a fence of several commands: the label of the one it means (rule D8). */
export const commandParam = 'for';

/** The binding as it is written above the fence of a command that is not alone there. */
export function addressCommand(binding: Binding, label: string): Binding {
	return { ...binding, params: { ...binding.params, [commandParam]: label } };
}

/**
 * Hands bindings that stand above a fence of several commands to the command that their `for=` means (rule D8): the command
 * gets them without `for`, the fence keeps the others. A `for` that means no command stays on the fence, where
 * `validateDirectives` reports it.
 */
export function distributeFenceBindings(runbook: Runbook): Runbook {
	const concerned = runbook.fences.filter((fence) => fence.bindings.some((binding) => binding.params[commandParam] !== undefined));
	if (concerned.length === 0) return runbook;
	const commands = listFencedCommands(runbook);
	const given = new Map<string, Binding[]>();
	const kept = new Map<string, readonly Binding[]>();
	for (const fence of concerned) {
		kept.set(
			fence.address,
			fence.bindings.filter((binding) => {
				const label = binding.params[commandParam];
				const target = label === undefined ? undefined : commands.get(fence.line)?.find((command) => isLabel(command, label));
				if (target === undefined) return true;
				const { [commandParam]: _, ...params } = binding.params;
				given.set(target.address, [...(given.get(target.address) ?? []), { ...binding, params }]);
				return false;
			}),
		);
	}
	return rebindRunbook(runbook, (address, bindings) => {
		const more = given.get(address);
		return (
			kept.get(address) ??
			(more === undefined ? bindings : [...bindings.filter((binding) => binding.params[commandParam] === undefined), ...more])
		);
	});
}

/** Commands of "Useful commands" fences, by the opening line of their fence. */
export function listFencedCommands(runbook: Runbook): ReadonlyMap<number, readonly Bindable[]> {
	const commands = new Map<number, Bindable[]>();
	for (const node of listBindable(runbook)) {
		if (node.kind !== 'command' || node.fenceLine === null) continue;
		const there = commands.get(node.fenceLine);
		if (there === undefined) commands.set(node.fenceLine, [node]);
		else there.push(node);
	}
	return commands;
}

export function isLabel(command: Bindable, label: string): boolean {
	return command.label !== null && command.label.trim().toLowerCase() === label.trim().toLowerCase();
}
