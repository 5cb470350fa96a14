/** Which checks a diagnosis needs: every check bound in the issues asked about, once (rules G2, G19, G20). */
import type { Binding, Certainty, Issue, Runbook, Step } from '@holdfast/runbook/model';
import type { CheckRequest } from '../contract.ts';
import { acceptedByDefault, listIssueChecks, listLineChecks, listStepChecks, listWaiting, nameQuestion } from './bound-checks.ts';
import { listCompanions } from './companions.ts';

export interface UnboundLine {
	/** Address of the issue it belongs to. */
	readonly issue: string;
	readonly kind: 'symptom' | 'cause' | 'step';
	readonly text: string;
	readonly line: number;
	readonly address: string;
	/** Checks proposed for it that wait for acceptance. */
	readonly waiting: readonly Binding[];
}

export interface DiagnosisPlan {
	readonly requests: readonly CheckRequest[];
	/** Lines of these issues that no check looks at. */
	readonly unbound: readonly UnboundLine[];
}

export interface PlanOptions {
	/** Addresses of the issues to look at; absent: all. */
	readonly issues?: readonly string[];
	/** Certainties that count; absent: declared, certain, likely. */
	readonly accept?: readonly Certainty[];
	/** Whether to add checks that explain the bound ones (rule G20); absent: true. */
	readonly companions?: boolean;
}

/** @throws {Error} naming the known issues when an address is not one of them. */
export function planDiagnosis(runbook: Runbook, options: PlanOptions = {}): DiagnosisPlan {
	const accept = options.accept ?? acceptedByDefault;
	const issues = selectIssues(runbook, options.issues);
	const bound = issues.flatMap((issue) => listIssueChecks(issue, accept));
	const requests = new Map<string, CheckRequest>();
	for (const { binding } of bound) {
		const question = nameQuestion(binding.id, binding.params);
		if (!requests.has(question)) requests.set(question, { id: binding.id, params: binding.params });
	}
	const asked = [...requests.values()];
	const added = options.companions === false ? [] : listCompanions(asked);
	return { requests: [...asked, ...added], unbound: issues.flatMap((issue) => listUnbound(issue, accept)) };
}

/** @returns the issues with these addresses in document order; all when none are named. */
export function selectIssues(runbook: Runbook, addresses: readonly string[] | undefined): readonly Issue[] {
	if (addresses === undefined) return runbook.issues;
	const unknown = addresses.find((address) => !runbook.issues.some((issue) => issue.address === address));
	if (unknown !== undefined) {
		const known = runbook.issues.map((issue) => issue.address).join(', ') || 'none';
		throw new Error(`expected the address of an issue, got "${unknown}"; issues of this runbook: ${known}`);
	}
	return runbook.issues.filter((issue) => addresses.includes(issue.address));
}

function listUnbound(issue: Issue, accept: readonly Certainty[]): readonly UnboundLine[] {
	const name = (node: { text: string; line: number; address: string; bindings: readonly Binding[] }, kind: UnboundLine['kind']) => ({
		issue: issue.address,
		kind,
		text: node.text,
		line: node.line,
		address: node.address,
		waiting: listWaiting(node.bindings, accept),
	});
	const symptoms = issue.symptoms.filter((line) => listLineChecks(line, accept).length === 0);
	const causes = issue.causes.filter((line) => listLineChecks(line, accept).length === 0);
	const steps = issue.steps.flatMap((step) => listUnboundSteps(step, accept));
	return [
		...symptoms.map((line) => name(line, 'symptom')),
		...causes.map((line) => name(line, 'cause')),
		...steps.map((step) => name(step, 'step')),
	];
}

/** The innermost lines count; a step whose substeps are all looked at is looked at itself. */
function listUnboundSteps(step: Step, accept: readonly Certainty[]): readonly Step[] {
	if (step.substeps.length > 0) return step.substeps.flatMap((substep) => listUnboundSteps(substep, accept));
	return listStepChecks(step, accept).length === 0 ? [step] : [];
}
