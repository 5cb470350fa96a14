import type { ChecklistItem, Command, Expect, Issue, Link, Period, Procedure, Step } from '../model.ts';
import type { DocumentFacts } from './document-facts.ts';

export type SubjectKind = 'symptom' | 'cause' | 'criterion' | 'step' | 'item' | 'contact' | 'command' | 'url';

/** A line of the document as the rules look at it: its own words and facts, and what stands around it. */
export interface Subject {
	readonly kind: SubjectKind;
	readonly address: string;
	readonly line: number;
	/** The line's words, without its closing colon. */
	readonly text: string;
	/** Words of the steps that it is part of, nearest first. */
	readonly outer: readonly string[];
	/** Heading of the issue, procedure or list that it stands in. */
	readonly title: string;
	readonly issue: Issue | null;
	readonly procedure: Procedure | null;
	readonly period: Period | null;
	readonly monitoring: boolean;
	/** Has no steps below it. */
	readonly leaf: boolean;
	readonly commands: readonly Command[];
	readonly expects: readonly Expect[];
	readonly threshold: ChecklistItem['threshold'] | null;
	readonly links: readonly Link[];
	/** Variable names and URL paths that the line itself names. */
	readonly envs: readonly string[];
	readonly paths: readonly string[];
	/** The same, of the issue, step or procedure around it. */
	readonly nearEnvs: readonly string[];
	readonly nearPaths: readonly string[];
	/** Applies only if something holds: said by the line or by a step around it. */
	readonly conditional: boolean;
	/** Tells what not to do. */
	readonly forbids: boolean;
	/** A row of a table: words there are names of things more often than requests. */
	readonly row: boolean;
	readonly document: DocumentFacts;
}

/** True when the line itself says it. */
export function says(subject: Subject, words: RegExp): boolean {
	return words.test(subject.text);
}

/** True when the line or a step around it says it. */
export function saysNear(subject: Subject, words: RegExp): boolean {
	return words.test(subject.text) || subject.outer.some((text) => words.test(text));
}

/** True when the issue, list or procedure around the line is about it. */
export function isAbout(subject: Subject, words: RegExp): boolean {
	const issue = subject.issue;
	return words.test(subject.title) || (issue !== null && (words.test(issue.title) || issue.symptoms.some((line) => words.test(line.text))));
}

/** Asks whether something is so ("Check if …"): no condition on the line. */
const question = /\b(?:check|see|verify|confirm|determine|find out|ask|know|review|test|assess|look)\s+(?:if|whether)\b/gi;
const condition = /(?:^|[^\p{L}])(?:if|unless|in case|only when|when (?:needed|necessary|required|available|possible|applicable))\b/iu;
/** Only where it opens what is asked: "Pages do not load" forbids nothing. */
const prohibition = /(?:^|[.;:,(–—]\s*)\W*(?:please\s+)?(?:do not|don['’]t|never|avoid)\b/i;

export function isConditional(text: string): boolean {
	return condition.test(text.replace(question, ' '));
}

export function isProhibition(text: string): boolean {
	return prohibition.test(text);
}

/** Variables and paths named anywhere in a step and below it. */
export function collectNames(steps: readonly Step[]): { readonly envs: readonly string[]; readonly paths: readonly string[] } {
	const envs = new Set<string>();
	const paths = new Set<string>();
	const visit = (step: Step): void => {
		for (const name of step.envs) envs.add(name);
		for (const path of step.paths) paths.add(path);
		for (const inner of step.substeps) visit(inner);
	};
	for (const step of steps) visit(step);
	return { envs: [...envs], paths: [...paths] };
}
