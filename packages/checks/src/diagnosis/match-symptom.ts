/** From the user's words to the runbook's: which symptom or issue is meant (rules M1 to M6). Deterministic, no model of language. */
import type { Issue, Line, Runbook } from '@holdfast/runbook/model';
import { compareText } from './find-roots.ts';
import { readWords, vagueWords } from './symptom-words.ts';
import { compareWords } from './word-similarity.ts';

/** A symptom or an issue's title, with how well it fits. */
export interface MatchedLine {
	readonly issue: Issue;
	/** Null when the issue's title is meant. */
	readonly symptom: Line | null;
	/** The runbook's words. */
	readonly text: string;
	readonly line: number;
	/** 0 to 1. */
	readonly score: number;
}

export type SymptomMatch =
	| ({ readonly kind: 'one'; readonly alternatives: readonly MatchedLine[] } & MatchedLine)
	/** Equally good in more than one issue, best first, one entry per issue. */
	| { readonly kind: 'several'; readonly candidates: readonly MatchedLine[] }
	/** Nothing fits: everything that could be asked for. */
	| { readonly kind: 'none'; readonly symptoms: readonly MatchedLine[] };

/** Below this nothing is meant; both were chosen on the table of phrasings in the test. */
const enough = 0.5;
/** Two issues closer than this are equally good. */
const margin = 0.06;
/** A query must match words of at least this weight: "not working" alone says nothing. */
const leastWeight = 0.5;

export function matchSymptom(runbook: Runbook, text: string): SymptomMatch {
	const entries = listEntries(runbook);
	const words = readWords(text);
	const weigh = weighWords(entries);
	const scored = entries.map((entry) => ({ ...entry, score: scoreEntry(entry, words, weigh) })).toSorted(compareScores);
	const fitting = scored.filter((entry) => entry.score >= enough);
	const best = fitting[0];
	if (best === undefined) return { kind: 'none', symptoms: entries.map((entry) => toMatched(entry, 0)) };
	const perIssue = dropRepeatedIssues(fitting);
	const rivals = perIssue.filter((entry) => best.score - entry.score < margin && !isExact(best, words));
	if (rivals.length > 1) return { kind: 'several', candidates: rivals.map((entry) => toMatched(entry, entry.score)) };
	const others = fitting.filter((entry) => entry !== best).slice(0, 3);
	return { kind: 'one', ...toMatched(best, best.score), alternatives: others.map((entry) => toMatched(entry, entry.score)) };
}

interface Entry {
	readonly issue: Issue;
	readonly symptom: Line | null;
	readonly text: string;
	readonly line: number;
	readonly words: readonly string[];
	/** Words of the issue around it: they support, they do not decide. */
	readonly around: readonly string[];
}

function listEntries(runbook: Runbook): readonly Entry[] {
	return runbook.issues.flatMap((issue) => {
		const around = [issue.title, ...issue.symptoms.map((symptom) => symptom.text)].flatMap((text) => readWords(text));
		const title: Entry = { issue, symptom: null, text: issue.title, line: issue.line, words: readWords(issue.title), around };
		const symptoms = issue.symptoms.map((symptom) => ({
			issue,
			symptom,
			text: symptom.text,
			line: symptom.line,
			words: readWords(symptom.text),
			around,
		}));
		return [title, ...symptoms];
	});
}

type Weigh = (word: string) => number;

/** Rare words say more (inverse document frequency, scaled to at most 1); vague ones a quarter. */
function weighWords(entries: readonly Entry[]): Weigh {
	const counts = new Map<string, number>();
	for (const entry of entries) for (const word of entry.words) counts.set(word, (counts.get(word) ?? 0) + 1);
	const most = Math.log(1 + entries.length);
	return (word) => {
		const rarity = Math.log(1 + entries.length / (counts.get(word) ?? 1)) / most;
		return vagueWords.has(word) ? rarity / 4 : rarity;
	};
}

/** Mostly how much of what was said is found in the entry, partly how much of the entry was said. */
function scoreEntry(entry: Entry, words: readonly string[], weigh: Weigh): number {
	const said = sum(words.map(weigh));
	if (said === 0 || entry.words.length === 0) return 0;
	const direct = words.map((word) => weigh(word) * findBest(word, entry.words));
	const around = words.map((word, index) => Math.max(direct[index] ?? 0, 0.6 * weigh(word) * findBest(word, entry.around)));
	if (sum(direct) < leastWeight && !isExact(entry, words)) return 0;
	const covered = sum(entry.words.map((word) => weigh(word) * findBest(word, words))) / sum(entry.words.map(weigh));
	return round(0.7 * (sum(around) / said) + 0.3 * covered);
}

function findBest(word: string, others: readonly string[]): number {
	return others.reduce((best, other) => Math.max(best, compareWords(word, other)), 0);
}

function isExact(entry: Entry, words: readonly string[]): boolean {
	return words.length > 0 && words.length === entry.words.length && words.every((word) => entry.words.includes(word));
}

/** Equal scores: the earlier line of the document. */
function compareScores(a: Entry & { score: number }, b: Entry & { score: number }): number {
	return b.score - a.score || a.line - b.line || compareText(a.text, b.text);
}

function dropRepeatedIssues<T extends Entry>(entries: readonly T[]): readonly T[] {
	return entries.filter((entry, index) => entries.findIndex((other) => other.issue === entry.issue) === index);
}

function toMatched(entry: Entry, score: number): MatchedLine {
	return { issue: entry.issue, symptom: entry.symptom, text: entry.text, line: entry.line, score };
}

function sum(values: readonly number[]): number {
	return values.reduce((total, value) => total + value, 0);
}

/** Two decimals: what a person sees is what decides. */
function round(value: number): number {
	return Math.round(value * 100) / 100;
}
