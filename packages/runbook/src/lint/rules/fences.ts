import type { LintFinding } from '../finding.ts';
import type { LintContext } from '../lint-context.ts';

/** LN2: a fence that holds nothing but comments. LN12: a fence that is never closed. */
export function findHollowFences(context: LintContext): readonly LintFinding[] {
	const hollow = context.runbook.fences
		.filter((fence) => fence.commentOnly)
		.map(
			(fence): LintFinding => ({
				rule: 'LN2',
				severity: 'warning',
				line: fence.line,
				column: 1,
				message: 'this code holds nothing but comments: there is no command to run',
				hint: 'Write the command of your platform, or make the comments a step in words.',
			}),
		);
	const open = context.fences
		.filter((fence) => fence.fenced && !fence.closed)
		.map(
			(fence): LintFinding => ({
				rule: 'LN12',
				severity: 'error',
				line: fence.line,
				column: 1,
				message: 'this code fence is opened and never closed: what follows reads as code',
				hint: 'Close it with the same marks on a line of their own.',
			}),
		);
	return [...hollow, ...open];
}
