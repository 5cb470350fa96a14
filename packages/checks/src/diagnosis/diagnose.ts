/** The diagnosis: a pure function from a runbook and observations to a verdict (rules G1 to G18, G21 to G25 in README.md). */
import type { Certainty, Runbook } from '@holdfast/runbook/model';
import type { Observation } from '../contract.ts';
import { acceptedByDefault } from './bound-checks.ts';
import { judgeIssue } from './judge-issue.ts';
import type { Diagnosis, FactChange } from './model.ts';
import { indexObservations } from './observation-index.ts';
import { selectIssues } from './plan-diagnosis.ts';
import { listAdvice, rankRoots } from './rank-roots.ts';
import { listRecent } from './recent-changes.ts';
import { readSituation } from './situation.ts';

export interface DiagnoseInput {
	/** With its bindings, declared and proposed. */
	readonly runbook: Runbook;
	/** From one run of the graph, in any order. */
	readonly observations: readonly Observation[];
	/** Addresses of the issues to judge; absent: all. */
	readonly issues?: readonly string[] | undefined;
	/** What was asked and what it was taken for; null for all issues. */
	readonly asked: Diagnosis['asked'];
	/** Name of the service. */
	readonly service: string;
	/** ISO 8601, UTC. */
	readonly startedAt: string;
	/** Wall time of the run of the graph. */
	readonly durationMs: number;
	/** Changes of facts that the history has seen, in any order; absent: no history. */
	readonly changes?: readonly FactChange[] | undefined;
	/** When each question was last answered `ok`, ISO 8601, by key; a question that is not there was never seen well. */
	readonly lastOk?: Readonly<Record<string, string>> | undefined;
	/** The certainties that the plan went by; absent: declared, certain, likely. */
	readonly accept?: readonly Certainty[] | undefined;
}

/**
 * Judges issues by observations. Knows no clock and no network; the same input gives the same verdict, in any order of observations.
 * @throws {Error} naming the known issues when an address is not one of them.
 */
export function diagnose(input: DiagnoseInput): Diagnosis {
	const history = { changes: input.changes ?? [], lastOk: input.lastOk ?? {}, startedAt: input.startedAt };
	const situation = readSituation(indexObservations(input.observations), input.accept ?? acceptedByDefault, history);
	const issues = selectIssues(input.runbook, input.issues).map((issue) => judgeIssue(issue, situation));
	const roots = rankRoots(issues, situation);
	const failing = situation.answers.all.filter((answer) => answer.state === 'fail');
	const changes = listRecent(history, failing);
	return {
		service: input.service,
		asked: input.asked,
		issues: issues.map((issue) => issue.diagnosis),
		roots,
		advice: listAdvice(situation.answers.all, roots),
		observations: situation.answers.all,
		...(changes.length === 0 ? {} : { changes }),
		startedAt: input.startedAt,
		durationMs: input.durationMs,
	};
}
