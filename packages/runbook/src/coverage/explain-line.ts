import type { Catalogue } from '../catalogue.ts';
import { findEntry } from '../directive/judge-binding.ts';
import type { Binding } from '../model.ts';
import type { LiveLine } from './live-line.ts';

/** Why a line is not live. The order of these is the order in which they are looked for (rule C4). */
export type NotLive =
	| { readonly kind: 'placeholder'; readonly sentence: string }
	| { readonly kind: 'proposal-waits'; readonly proposal: Binding; readonly sentence: string }
	| { readonly kind: 'not-in-this-version'; readonly proposal: Binding; readonly sentence: string }
	| { readonly kind: 'command-refused'; readonly sentence: string }
	| { readonly kind: 'nothing-found'; readonly sentence: string };

/**
 * One sentence on why a line is prose, and what it would take.
 *
 * @param waiting proposals for the line that the catalogue has
 * @param missing proposals for the line that it does not have
 */
export function explainLine(line: LiveLine, catalogue: Catalogue, waiting: readonly Binding[], missing: readonly Binding[]): NotLive {
	if (line.placeholder) {
		return { kind: 'placeholder', sentence: line.kind === 'contact' ? 'placeholder: nobody would be woken' : 'placeholder: leads nowhere' };
	}
	const best = waiting.find(runs);
	if (best !== undefined) {
		return {
			kind: 'proposal-waits',
			proposal: best,
			sentence: `${best.kind}: ${best.id} is proposed and waits for acceptance (${best.rule}, ${best.certainty})`,
		};
	}
	const unknown = line.bindings.find((binding) => runs(binding) && findEntry(catalogue, binding) === undefined) ?? missing.find(runs);
	if (unknown !== undefined) {
		return {
			kind: 'not-in-this-version',
			proposal: unknown,
			sentence: `${article(unknown)} for it, ${unknown.id}, does not exist in this version`,
		};
	}
	const refused = line.commands.find((command) => command.refused !== null);
	if (refused !== undefined) return { kind: 'command-refused', sentence: `its command is refused: ${refused.refused ?? ''}` };
	const person = waiting.find((binding) => binding.kind === 'person');
	if (person !== undefined) {
		return {
			kind: 'proposal-waits',
			proposal: person,
			sentence: `a person does this: person: ${person.id} is proposed and waits for acceptance (${person.rule}, ${person.certainty})`,
		};
	}
	return { kind: 'nothing-found', sentence: 'no rule knows what to bind it to' };
}

/** Bindings by which something looks after a line, or does it. */
export function runs(binding: Binding): boolean {
	return binding.kind === 'check' || binding.kind === 'action' || binding.kind === 'task';
}

function article(binding: Binding): string {
	return binding.kind === 'action' ? 'an action' : `a ${binding.kind}`;
}
