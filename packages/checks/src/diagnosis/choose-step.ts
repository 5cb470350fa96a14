/** Where to go on in the runbook (rule G18). */
import type { Issue, Step } from '@holdfast/runbook/model';
import type { Observation } from '../contract.ts';
import { listCauseNumbers, listIssueChecks, listStepChecks } from './bound-checks.ts';
import { findingOf } from './finding-of.ts';
import type { CauseJudgement } from './judge-causes.ts';
import { measureDepth } from './layers.ts';
import type { NextStep } from './model.ts';
import type { Situation } from './situation.ts';

/** @returns null when the issue has no steps. */
export function chooseStep(issue: Issue, causes: readonly CauseJudgement[], situation: Situation): NextStep | null {
	const first = issue.steps[0];
	if (first === undefined) return null;
	const confirmed = rankConfirmed(causes);
	for (const cause of confirmed) {
		const step = issue.steps.find((candidate) => belongsTo(candidate, cause, situation));
		if (step !== undefined) return name(step, fixOf(cause.confirmedBy[0]), `it belongs to the confirmed cause “${cause.judged.text}”`);
	}
	const alone = confirmed[0];
	if (alone !== undefined) {
		const { line, text } = alone.judged;
		return { line, text, fix: fixOf(alone.confirmedBy[0]), why: 'no step of the runbook deals with this confirmed cause' };
	}
	const fault = findFault(issue, situation);
	const failing = issue.steps.find((step) => stepFails(step, situation));
	if (failing !== undefined) return name(failing, fixOf(fault), 'its check fails');
	if (fault !== null) return name(first, fixOf(fault), 'no step of the runbook deals with this fault; the procedure begins here');
	return name(first, null, 'nothing points further; the procedure begins here');
}

/** Deepest first, as the roots are ranked. */
function rankConfirmed(causes: readonly CauseJudgement[]): readonly CauseJudgement[] {
	const depth = (cause: CauseJudgement) => Math.min(...cause.confirmedBy.map((answer) => measureDepth(answer.check)));
	return causes.filter((cause) => cause.judged.verdict === 'confirmed').toSorted((a, b) => depth(a) - depth(b));
}

/** It names the cause, or it asks what confirmed it. */
function belongsTo(step: Step, cause: CauseJudgement, situation: Situation): boolean {
	return namesCause(step, cause.number, situation) || asks(step, cause.confirmedBy, situation);
}

function namesCause(step: Step, number: number, situation: Situation): boolean {
	if (listCauseNumbers(step, situation.accept).includes(number)) return true;
	return step.substeps.some((substep) => namesCause(substep, number, situation));
}

function asks(step: Step, wanted: readonly Observation[], situation: Situation): boolean {
	const answers = listStepChecks(step, situation.accept).flatMap((check) => situation.answers.find(check));
	return answers.some((answer) => wanted.some((one) => one.key === answer.key));
}

function stepFails(step: Step, situation: Situation): boolean {
	const answers = listStepChecks(step, situation.accept).flatMap((check) => situation.answers.find(check));
	return answers.some((answer) => answer.state === 'fail' && !situation.masked(answer));
}

/** The deepest fault that any check of the issue leads to. */
function findFault(issue: Issue, situation: Situation): Observation | null {
	const answers = listIssueChecks(issue, situation.accept).flatMap((check) => situation.answers.find(check));
	const roots = answers.filter((answer) => answer.state === 'fail').map((answer) => situation.faults.rootOf(answer));
	return situation.faults.roots.find((root) => roots.some((one) => one.key === root.key)) ?? null;
}

function fixOf(observation: Observation | null | undefined): string | null {
	return observation === null || observation === undefined ? null : (findingOf(observation).fix ?? null);
}

function name(step: Step, fix: string | null, why: string): NextStep {
	return { line: step.line, text: step.lead ?? step.text, fix, why };
}
