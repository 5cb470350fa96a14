/** Which checks a line, a step or a cause of the runbook is tied to (rules G2 and G3). */
import type { Binding, Certainty, Issue, Line, Step } from '@holdfast/runbook/model';

/** What a diagnosis goes by when nothing else is said. A guess is shown as waiting, not run. */
export const acceptedByDefault: readonly Certainty[] = ['declared', 'certain', 'likely'];

/** A binding in use and the line it stands at. */
export interface BoundCheck {
	readonly binding: Binding;
	readonly line: number;
}

/**
 * Bindings of one kind that count at a node: where any is declared, the declared ones alone; else the accepted proposals.
 * A declared `ignore` or `person` silences the proposals of its node: somebody has decided about this line.
 */
export function selectBindings(bindings: readonly Binding[], kind: 'check' | 'cause', accept: readonly Certainty[]): readonly Binding[] {
	const ofKind = bindings.filter((binding) => binding.kind === kind);
	const declared = ofKind.filter((binding) => binding.certainty === 'declared');
	if (declared.length > 0) return accept.includes('declared') ? declared : [];
	const decided = bindings.some((binding) => binding.certainty === 'declared' && (binding.kind === 'ignore' || binding.kind === 'person'));
	return decided ? [] : ofKind.filter((binding) => accept.includes(binding.certainty));
}

/** Proposals of a check that wait for acceptance at a node that has none in use. */
export function listWaiting(bindings: readonly Binding[], accept: readonly Certainty[]): readonly Binding[] {
	if (selectBindings(bindings, 'check', accept).length > 0) return [];
	return bindings.filter((binding) => binding.kind === 'check' && !accept.includes(binding.certainty));
}

export function listLineChecks(line: Line, accept: readonly Certainty[]): readonly BoundCheck[] {
	return selectBindings(line.bindings, 'check', accept).map((binding) => ({ binding, line: line.line }));
}

/** Checks of a step and of all its substeps. */
export function listStepChecks(step: Step, accept: readonly Certainty[]): readonly BoundCheck[] {
	const own = selectBindings(step.bindings, 'check', accept).map((binding) => ({ binding, line: step.line }));
	return [...own, ...step.substeps.flatMap((substep) => listStepChecks(substep, accept))];
}

/** Checks of the Nth cause (1-based): those of its own line, and those of the steps that carry `cause: N`. */
export function listCauseChecks(issue: Issue, number: number, accept: readonly Certainty[]): readonly BoundCheck[] {
	const cause = issue.causes[number - 1];
	if (cause === undefined) return [];
	const steps = issue.steps.flatMap((step) => collectForCause(step, number, accept, []));
	return dropRepeats([...listLineChecks(cause, accept), ...steps]);
}

/** A step without a `cause` of its own inherits that of the step it belongs to. */
function collectForCause(step: Step, number: number, accept: readonly Certainty[], inherited: readonly number[]): readonly BoundCheck[] {
	const own = listCauseNumbers(step, accept);
	const numbers = own.length > 0 ? own : inherited;
	const here = numbers.includes(number)
		? selectBindings(step.bindings, 'check', accept).map((binding) => ({ binding, line: step.line }))
		: [];
	return [...here, ...step.substeps.flatMap((substep) => collectForCause(substep, number, accept, numbers))];
}

/** Numbers of the causes that a step itself names. */
export function listCauseNumbers(step: Step, accept: readonly Certainty[]): readonly number[] {
	return selectBindings(step.bindings, 'cause', accept).map((binding) => Number(binding.id));
}

/** Every check of an issue, each question once, in document order: symptoms, causes, steps. */
export function listIssueChecks(issue: Issue, accept: readonly Certainty[]): readonly BoundCheck[] {
	return dropRepeats([
		...issue.symptoms.flatMap((line) => listLineChecks(line, accept)),
		...issue.causes.flatMap((line) => listLineChecks(line, accept)),
		...issue.steps.flatMap((step) => listStepChecks(step, accept)),
	]);
}

/** The same check with the same parameters is the same question. */
export function nameQuestion(id: string, params: Readonly<Record<string, unknown>>): string {
	const pairs = Object.keys(params)
		.toSorted()
		.map((name) => `${name}=${JSON.stringify(writeValue(params[name]))}`);
	return [id, ...pairs].join(' ');
}

/** A parameter as it is written in a binding. */
export function writeValue(value: unknown): string {
	return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}

function dropRepeats(checks: readonly BoundCheck[]): readonly BoundCheck[] {
	const byQuestion = new Map<string, BoundCheck>();
	for (const check of checks) {
		const question = nameQuestion(check.binding.id, check.binding.params);
		if (!byQuestion.has(question)) byQuestion.set(question, check);
	}
	return [...byQuestion.values()];
}
