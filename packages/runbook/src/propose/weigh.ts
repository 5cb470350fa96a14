import type { Certainty } from '../model.ts';
import type { Draft, Rule } from './rule.ts';
import type { Subject } from './subject.ts';

const order: readonly Certainty[] = ['guess', 'likely', 'certain', 'declared'];

export function lesser(a: Certainty, b: Certainty): Certainty {
	return order.indexOf(a) <= order.indexOf(b) ? a : b;
}

export function isMoreCertain(a: Certainty, b: Certainty): boolean {
	return order.indexOf(a) > order.indexOf(b);
}

/**
 * How certain a draft is once the line around its words is looked at (rules B90 to B93); null when nothing is left of it.
 * Claiming too much is the worse mistake: a line without a check is shown as such, a line with the wrong one lies.
 */
export function weighDraft(draft: Draft, rule: Rule, subject: Subject): Certainty | null {
	let certainty = lesser(rule.certainty, draft.certainty ?? rule.certainty);
	if (draft.kind === 'person' || draft.kind === 'task') return certainty;
	// B90: cells of a table name things; nothing is asked there.
	if (subject.row && subject.kind !== 'step') return null;
	if (subject.row) certainty = lesser(certainty, 'likely');
	// B91: what not to do is never an action.
	if (subject.forbids && draft.kind === 'action') return null;
	if (subject.forbids) certainty = lesser(certainty, 'guess');
	// B92: a check that applies only if something holds is not certain. An action waits for a person anyway.
	if (subject.conditional && draft.kind === 'check') certainty = lesser(certainty, 'likely');
	// B93: outside web applications the same words mean other things, unless the line holds the request itself.
	if (!subject.document.web && subject.commands.length === 0 && subject.links.length === 0 && draft.params.path === undefined)
		certainty = lesser(certainty, 'guess');
	return certainty;
}
