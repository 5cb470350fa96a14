/** From faults to the roots that a diagnosis shows, ranked; and what is apart as advice (rules G10, G14, G17, G24). */
import type { Finding, Observation } from '../contract.ts';
import { listIssueChecks } from './bound-checks.ts';
import { compareText } from './find-roots.ts';
import { findingOf } from './finding-of.ts';
import type { IssueJudgement } from './judge-issue.ts';
import { findTraits, isApart, layers } from './layers.ts';
import type { Advice, RootCause } from './model.ts';
import type { Situation } from './situation.ts';
import { speaksFor } from './speaks-for.ts';
import { variablesOf } from './variables-of.ts';

const severities: Readonly<Record<Finding['severity'], number>> = { fail: 0, warn: 1, info: 2 };

/** @returns each fault once; advice and suspicion only where they confirm a cause. */
export function rankRoots(issues: readonly IssueJudgement[], situation: Situation): readonly RootCause[] {
	const lines = readLines(issues, situation);
	const checks = new Map(situation.answers.all.map((answer) => [answer.key, answer.check]));
	const ranked = situation.faults.roots
		.map((observation) => ({ observation, root: describeRoot(observation, issues, situation) }))
		.filter(({ root }) => root.causes.length > 0 || concernsService(root, checks))
		.map(({ observation, root }) => ({
			root,
			severity: severities[findingOf(observation).severity],
			line: root.causes[0]?.line ?? lines.get(root.observation) ?? Infinity,
		}));
	ranked.sort(
		(a, b) =>
			layers.indexOf(a.root.layer) - layers.indexOf(b.root.layer) ||
			a.severity - b.severity ||
			a.line - b.line ||
			compareText(a.root.observation, b.root.observation),
	);
	return ranked.map(({ root }) => root);
}

/** More than advice or suspicion is among what fails. */
function concernsService(root: RootCause, checks: ReadonlyMap<string, string>): boolean {
	return [root.observation, ...root.echoes].some((key) => !isApart(checks.get(key) ?? ''));
}

function describeRoot(root: Observation, issues: readonly IssueJudgement[], situation: Situation): RootCause {
	const finding = findingOf(root);
	const leadsHere = (observation: Observation) => observation.state === 'fail' && situation.faults.rootOf(observation).key === root.key;
	return {
		message: finding.message,
		code: finding.code,
		fix: finding.fix ?? null,
		observation: root.key,
		echoes: situation.answers.all.filter((other) => other.key !== root.key && leadsHere(other)).map((other) => other.key),
		layer: findTraits(root.check).layer,
		causes: issues
			.flatMap(({ issue, causes }) =>
				causes.map((cause) => ({ cause, issue: issue.title, by: cause.confirmedBy.filter(leadsHere) })).filter(({ by }) => by.length > 0),
			)
			.map(({ cause, issue, by }) => ({
				told: { issue, text: cause.judged.text, line: cause.judged.line },
				exactness: measureExactness(cause.judged.text, by, situation),
			}))
			// The sort is stable: of two that name it as exactly, the runbook's order stays.
			.toSorted((a, b) => b.exactness - a.exactness)
			.map(({ told }) => told),
		...situation.related([root]),
	};
}

/**
 * How exactly a cause's words name what was found (rule G24): the variable by its words weighs most, then words of the runbook
 * that mean just such a finding.
 */
function measureExactness(text: string, by: readonly Observation[], situation: Situation): number {
	const words = new Set(text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []);
	const scores = by.map((observation) => {
		const parts = variablesOf(observation).flatMap((name) => name.toLowerCase().split('_'));
		const named = new Set(parts.filter((part) => words.has(part))).size;
		const speaking = speaksFor(text, observation, situation.around(observation));
		return named * 3 + (speaking.speaks && speaking.exactly ? 2 : 0);
	});
	return Math.max(0, ...scores);
}

/** First line of the runbook at which each observation is bound. */
function readLines(issues: readonly IssueJudgement[], situation: Situation): ReadonlyMap<string, number> {
	const lines = new Map<string, number>();
	for (const { issue } of issues) {
		for (const check of listIssueChecks(issue, situation.accept)) {
			for (const { key } of situation.answers.find(check)) lines.set(key, Math.min(check.line, lines.get(key) ?? Infinity));
		}
	}
	return lines;
}

/** Warnings, and failing checks of advice or suspicion that are not among the roots; each finding once, info left out. */
export function listAdvice(observations: readonly Observation[], roots: readonly RootCause[]): readonly Advice[] {
	const rooted = new Set(roots.flatMap((root) => [root.observation, ...root.echoes]));
	return observations
		.filter((observation) => observation.state === 'warn' || (observation.state === 'fail' && isApart(observation.check)))
		.filter((observation) => !rooted.has(observation.key))
		.flatMap((observation) => adviseOn(observation));
}

function adviseOn(observation: Observation): readonly Advice[] {
	const findings = observation.findings.filter((finding) => finding.severity !== 'info');
	const shown = findings.length > 0 ? findings : [findingOf(observation)];
	return shown.map((finding) => ({
		message: finding.message,
		code: finding.code,
		fix: finding.fix ?? null,
		observation: observation.key,
	}));
}
