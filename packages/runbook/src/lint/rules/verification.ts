import type { Procedure, Step } from '../../model.ts';
import type { LintFinding } from '../finding.ts';
import type { LintContext } from '../lint-context.ts';

const verifies =
	/^(?:\W*)(?:verify|check|confirm|test|validate|monitor|ensure|make sure|watch|review|observe|measure|run (?:the )?(?:smoke )?tests?)\b|\bshould (?:return|show|see|be)\b/i;

/** LN6: a procedure that changes something and never looks whether it helped, at the last step that changes. */
export function findUnverifiedChanges(context: LintContext): readonly LintFinding[] {
	const { procedures, issues } = context.runbook;
	return procedures.flatMap((procedure, index): LintFinding[] => {
		if (procedure.role === 'verify' || procedure.role === 'communicate' || procedure.role === 'escalate') return [];
		const issue = issues.find(({ address }) => address === procedure.issue);
		if (issue !== undefined && issue.verify.length > 0) return [];
		if (isVerifiedNext(procedure, procedures[index + 1])) return [];
		const steps = procedure.steps.flatMap(flatten);
		const last = steps.findLastIndex(changes);
		const step = steps[last];
		if (step === undefined) return [];
		if (step.expects.length > 0 || steps.slice(last + 1).some((later) => verifies.test(later.text) || later.expects.length > 0)) return [];
		return [
			{
				rule: 'LN6',
				severity: 'warning',
				line: step.line,
				column: 1,
				message: `"${shorten(step.text)}" changes something, and nothing after it in "${procedure.title}" looks whether it worked`,
				hint: 'Add a step that verifies: what is asked, and what should come back.',
			},
		];
	});
}

/** The next procedure under the same heading verifies. */
function isVerifiedNext(procedure: Procedure, next: Procedure | undefined): boolean {
	if (next === undefined || next.role !== 'verify') return false;
	return next.issue === procedure.issue && parentOf(next.address) === parentOf(procedure.address);
}

function parentOf(address: string): string {
	return address.split('/').slice(0, -1).join('/');
}

function changes(step: Step): boolean {
	return (
		step.changes !== 'none' ||
		step.commands.some((command) => command.effect === 'write' || command.effect === 'destructive' || command.effect === 'block')
	);
}

function flatten(step: Step): readonly Step[] {
	return [step, ...step.substeps.flatMap(flatten)];
}

function shorten(text: string): string {
	const bare = text.replace(/\s*:\s*$/, '');
	return bare.length > 60 ? `${bare.slice(0, 59)}…` : bare;
}
