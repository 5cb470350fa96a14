/** One issue of the runbook, judged by the observations: symptoms, causes, state and where to go on (rules G15 to G18). */
import type { Issue } from '@holdfast/runbook/model';
import type { Observation } from '../contract.ts';
import { listIssueChecks } from './bound-checks.ts';
import { chooseStep } from './choose-step.ts';
import { type CauseJudgement, judgeCauses } from './judge-causes.ts';
import { judgeSymptom } from './judge-symptom.ts';
import type { CauseVerdict, IssueDiagnosis, JudgedCause } from './model.ts';
import { isFault, type Situation } from './situation.ts';

export interface IssueJudgement {
	readonly issue: Issue;
	readonly causes: readonly CauseJudgement[];
	readonly diagnosis: IssueDiagnosis;
}

const verdictOrder: Readonly<Record<CauseVerdict, number>> = { confirmed: 0, 'could-not-tell': 1, 'ruled-out': 2 };

export function judgeIssue(issue: Issue, situation: Situation): IssueJudgement {
	const symptoms = issue.symptoms.map((symptom) => judgeSymptom(symptom, situation));
	const causes = judgeCauses(issue, situation);
	const answers = listIssueChecks(issue, situation.accept).flatMap((check) => situation.answers.find(check));
	const confirmed = causes.some((cause) => cause.judged.verdict === 'confirmed');
	const state = confirmed ? 'failing' : readState(answers, situation);
	return {
		issue,
		causes,
		diagnosis: {
			title: issue.title,
			line: issue.line,
			address: issue.address,
			state,
			symptoms,
			// The sort is stable: what recent changes do not raise (rule G25) stays in the runbook's order.
			causes: causes
				.map((cause) => cause.judged)
				.toSorted((a, b) => verdictOrder[a.verdict] - verdictOrder[b.verdict] || Number(isRaised(b)) - Number(isRaised(a))),
			next: state === 'well' ? null : chooseStep(issue, causes, situation),
		},
	};
}

function isRaised(cause: JudgedCause): boolean {
	return (cause.changes ?? []).length > 0;
}

function readState(answers: readonly Observation[], situation: Situation): IssueDiagnosis['state'] {
	if (answers.some((answer) => isFault(answer) && !situation.masked(answer))) return 'failing';
	if (answers.some((answer) => situation.masked(answer))) return 'unknown';
	if (answers.some((answer) => answer.state === 'warn' || answer.state === 'fail')) return 'warning';
	return answers.some((answer) => answer.state === 'ok' && tells(answer, answers)) ? 'well' : 'unknown';
}

/** That the way there is open says nothing about what is at its end, where anything else was asked (rule G16). */
function tells(answer: Observation, answers: readonly Observation[]): boolean {
	return !answer.check.startsWith('net.') || answers.every((other) => other.check.startsWith('net.'));
}
