import type { Catalogue } from '../catalogue.ts';
import { listBindable } from '../directive/bindable.ts';
import { distributeFenceBindings } from '../directive/fenced-command.ts';
import { isSameBinding, keyOfBinding } from '../directive/rebind.ts';
import type { Binding, Runbook } from '../model.ts';
import { append } from '../parse/append.ts';
import { proposeCauses } from './cause-links.ts';
import { fitBinding, indexCatalogue } from './fit-catalogue.ts';
import { listSubjects } from './list-subjects.ts';
import type { Proposal } from './proposal.ts';
import type { Rule } from './rule.ts';
import { fallbackRules, lineRules } from './rules.ts';
import type { Subject, SubjectKind } from './subject.ts';
import { isMoreCertain, weighDraft } from './weigh.ts';

/**
 * What each line of a runbook could be bound to, by declared rules (SPEC.md), in the order of the document. Nothing is run
 * and nothing is written; the same document and catalogue give the same proposals.
 *
 * @param catalogue what exists; proposals of anything else are left out (see {@link proposeAll} for those)
 * @returns proposals that the document does not declare itself; none for lines that it marks `ignore` or `person`
 */
export function proposeBindings(runbook: Runbook, catalogue: Catalogue): readonly Proposal[] {
	const index = indexCatalogue(catalogue);
	return dropDeclared(runbook, proposeAll(runbook)).flatMap((proposal) => {
		const binding = fitBinding(proposal.binding, index);
		return binding === null ? [] : [{ ...proposal, binding }];
	});
}

/** Every proposal, whether or not a catalogue has its name: what a later version, or more rights, could make live. */
export function proposeAll(runbook: Runbook): readonly Proposal[] {
	const byAddress = new Map<string, readonly Binding[]>();
	const proposals: Proposal[] = [];
	for (const subject of listSubjects(runbook)) {
		const bindings = proposeFor(subject);
		byAddress.set(subject.address, bindings);
		for (const binding of bindings) proposals.push({ address: subject.address, line: subject.line, binding });
	}
	// Directives are comments: without any, nothing is declared.
	const declared = new Map((runbook.comments.length === 0 ? [] : listBindable(runbook)).map((node) => [node.address, node.bindings]));
	const bindingsOf = (address: string): readonly Binding[] => [...(declared.get(address) ?? []), ...(byAddress.get(address) ?? [])];
	for (const issue of runbook.issues) append(proposals, proposeCauses(issue, bindingsOf));
	return proposals.toSorted((a, b) => a.line - b.line);
}

function proposeFor(subject: Subject): readonly Binding[] {
	const found = collect(subject, lineRulesOf[subject.kind]);
	return found.length > 0 ? found : collect(subject, fallbackRulesOf[subject.kind]);
}

const lineRulesOf = byKind(lineRules);
const fallbackRulesOf = byKind(fallbackRules);

/** A line asks only the rules that look at its kind. */
function byKind(rules: readonly Rule[]): Readonly<Record<SubjectKind, readonly Rule[]>> {
	const of = (kind: SubjectKind): readonly Rule[] => rules.filter((rule) => rule.on.includes(kind));
	return {
		symptom: of('symptom'),
		cause: of('cause'),
		criterion: of('criterion'),
		step: of('step'),
		item: of('item'),
		contact: of('contact'),
		command: of('command'),
		url: of('url'),
	};
}

function collect(subject: Subject, rules: readonly Rule[]): readonly Binding[] {
	const found = new Map<string, Binding>();
	for (const rule of rules) {
		for (const draft of rule.propose(subject)) {
			const certainty = weighDraft(draft, rule, subject);
			if (certainty === null) continue;
			const binding: Binding = { kind: draft.kind, id: draft.id, params: draft.params, rule: rule.id, certainty };
			const key = keyOfBinding(binding);
			const known = found.get(key);
			if (known === undefined || isMoreCertain(certainty, known.certainty)) found.set(key, binding);
		}
	}
	return [...found.values()];
}

/**
 * Leaves out what somebody has decided already (rule B95): what is declared; the same check or action with other parameters,
 * unless several of that name are proposed for the line; every proposal of a line that is marked `ignore` or `person`; and
 * causes where one is declared.
 */
function dropDeclared(runbook: Runbook, proposals: readonly Proposal[]): readonly Proposal[] {
	const nodes = new Map(
		listBindable(distributeFenceBindings(runbook)).map((node) => [
			node.address,
			node.bindings.filter((binding) => binding.certainty === 'declared'),
		]),
	);
	const counts = new Map<string, number>();
	const nameOf = ({ address, binding }: Proposal): string => `${address} ${binding.kind} ${binding.id}`;
	for (const proposal of proposals) counts.set(nameOf(proposal), (counts.get(nameOf(proposal)) ?? 0) + 1);
	return proposals.filter((proposal) => {
		const { address, binding } = proposal;
		const several = binding.kind !== 'cause' && (counts.get(nameOf(proposal)) ?? 0) > 1;
		return !(nodes.get(address) ?? []).some((own) => {
			if (own.kind === 'ignore' || own.kind === 'person') return true;
			if (own.kind !== binding.kind) return false;
			if (own.kind === 'cause') return true;
			return own.id === binding.id && (!several || isSameBinding(own, binding));
		});
	});
}
