/** Judges the causes of an issue: confirmed, ruled out, or could not tell and why (rules G3 to G7, G11 to G13, G21, G23). */
import type { Issue, Line } from '@holdfast/runbook/model';
import type { Observation } from '../contract.ts';
import { type BoundCheck, listCauseChecks, listWaiting } from './bound-checks.ts';
import { findingOf } from './finding-of.ts';
import { findTraits } from './layers.ts';
import type { CauseVerdict, JudgedCause } from './model.ts';
import { describeDoor, describeEcho, type Situation } from './situation.ts';
import { endWithoutStop, speaksFor } from './speaks-for.ts';

/** A cause with the observations that confirm it; none unless it is confirmed. */
export interface CauseJudgement {
	readonly number: number;
	readonly judged: JudgedCause;
	readonly confirmedBy: readonly Observation[];
}

interface Gathered {
	readonly number: number;
	readonly cause: Line;
	readonly checks: readonly BoundCheck[];
	readonly answers: readonly Observation[];
	readonly missing: readonly BoundCheck[];
	/** Failing by themselves and speaking for this cause. */
	readonly speaking: readonly Observation[];
}

/** @returns a judgement per cause, in the runbook's order. */
export function judgeCauses(issue: Issue, situation: Situation): readonly CauseJudgement[] {
	const gathered = issue.causes.map((cause, index) => gather(issue, cause, index + 1, situation));
	return gathered.map((one) => judgeCause(one, gathered, situation));
}

function gather(issue: Issue, cause: Line, number: number, situation: Situation): Gathered {
	const checks = listCauseChecks(issue, number, situation.accept);
	const found = checks.map((check) => ({ check, answers: situation.answers.find(check) }));
	const answers = setAside(found.flatMap((one) => one.answers));
	return {
		number,
		cause,
		checks,
		answers,
		missing: found.filter((one) => one.answers.length === 0).map((one) => one.check),
		speaking: answers.filter((answer) => situation.faults.stands(answer) && speaksFor(cause.text, answer, situation.around(answer)).speaks),
	};
}

/** Each answer once; questions that do not arise for this service stand aside when another one does (rule G21). */
export function setAside(answers: readonly Observation[]): readonly Observation[] {
	const once = [...new Map(answers.map((answer) => [answer.key, answer])).values()];
	const applicable = once.filter((answer) => answer.applicable);
	return applicable.length > 0 ? applicable : once;
}

function judgeCause(one: Gathered, all: readonly Gathered[], situation: Situation): CauseJudgement {
	const confirmedBy = one.speaking.filter((answer) => discriminates(answer, one, all));
	if (confirmedBy.length > 0) return { number: one.number, judged: confirm(one, confirmedBy, situation), confirmedBy };
	const doubt = findDoubt(one, all, situation);
	if (doubt !== null) {
		const changes = situation.related(one.answers.filter((answer) => answer.state !== 'ok'));
		return { number: one.number, judged: { ...state(one, 'could-not-tell', doubt.reason, doubt.enable), ...changes }, confirmedBy: [] };
	}
	return { number: one.number, judged: state(one, 'ruled-out', joinReasons(one.answers), null), confirmedBy: [] };
}

/** It points at this cause and at no other of the issue, it speaks of now, and no check of our own stands against it. */
function discriminates(answer: Observation, one: Gathered, all: readonly Gathered[]): boolean {
	if (findTraits(answer.check).past) return false;
	return listSharers(answer, all).length === 1 && !isContradicted(answer, one);
}

/** Someone else's word, while no check of the service itself speaks for the cause. */
function isContradicted(answer: Observation, one: Gathered): boolean {
	if (!findTraits(answer.check).circumstantial) return false;
	const own = one.answers.filter((other) => !findTraits(other.check).circumstantial);
	return own.length > 0 && !own.some((other) => one.speaking.some((spoken) => spoken.key === other.key));
}

function listSharers(answer: Observation, all: readonly Gathered[]): readonly Gathered[] {
	return all.filter((other) => other.speaking.some((spoken) => spoken.key === answer.key));
}

function confirm(one: Gathered, by: readonly Observation[], situation: Situation): JudgedCause {
	const messages = by.map((answer) => findingOf(answer).message);
	return { ...state(one, 'confirmed', [...new Set(messages)].map(closeSentence).join(' '), null), ...situation.related(by) };
}

interface Doubt {
	readonly reason: string;
	readonly enable: string | null;
}

/** What keeps the cause from being ruled out, the strongest first: a failure, a warning, an unknown, a question not asked. */
function findDoubt(one: Gathered, all: readonly Gathered[], situation: Situation): Doubt | null {
	if (one.checks.length === 0) return describeUnbound(one, situation);
	const failing = one.answers.filter((answer) => answer.state === 'fail');
	const standing =
		failing.find((answer) => situation.faults.stands(answer) && !findTraits(answer.check).past) ??
		failing.find((answer) => situation.faults.stands(answer));
	if (standing !== undefined) return { reason: closeSentence(describeIndistinct(standing, one, all, situation)), enable: null };
	const echo = failing[0];
	if (echo !== undefined) return { reason: closeSentence(describeEcho(echo, situation.faults)), enable: null };
	const warning = one.answers.find((answer) => answer.state === 'warn');
	if (warning !== undefined)
		return { reason: closeSentence(`${warning.check} warns: ${endWithoutStop(findingOf(warning).message)}`), enable: null };
	const unknown = findUnknown(one.answers);
	if (unknown !== undefined) return describeUnknown(unknown, situation);
	const missing = one.missing[0];
	if (missing === undefined) return null;
	return { reason: `${missing.binding.id} was not asked.`, enable: `holdfast check ${missing.binding.id}` };
}

/** What only tells of the past, or of somebody else's house, need not be known where other answers are (rule G23). */
function findUnknown(answers: readonly Observation[]): Observation | undefined {
	const own = answers.filter((answer) => !findTraits(answer.check).circumstantial);
	return (own.length > 0 ? own : answers).find((answer) => answer.state === 'unknown');
}

function describeUnknown(unknown: Observation, situation: Situation): Doubt {
	const door = describeDoor(unknown, situation.faults);
	if (door !== null) return { reason: closeSentence(door), enable: null };
	return { reason: closeSentence(`${unknown.check}: ${endWithoutStop(unknown.reason)}`), enable: unknown.enable };
}

/** A failure of its own that still does not settle this cause. */
function describeIndistinct(answer: Observation, one: Gathered, all: readonly Gathered[], situation: Situation): string {
	const speaking = speaksFor(one.cause.text, answer, situation.around(answer));
	if (!speaking.speaks) return speaking.because;
	const message = endWithoutStop(findingOf(answer).message);
	const sharers = listSharers(answer, all);
	if (sharers.length > 1) return `${message}: bound to causes ${joinNumbers(sharers)} alike, it cannot tell them apart`;
	if (findTraits(answer.check).past) return `${message}: that was in the past, and nothing that is asked now fails`;
	return `${message}: seen from outside only, no check of the service itself fails`;
}

function joinNumbers(sharers: readonly Gathered[]): string {
	const numbers = sharers.map((sharer) => String(sharer.number));
	return `${numbers.slice(0, -1).join(', ')} and ${numbers.at(-1)}`;
}

function describeUnbound(one: Gathered, situation: Situation): Doubt {
	const waiting = listWaiting(one.cause.bindings, situation.accept)[0];
	if (waiting === undefined)
		return { reason: 'No check is bound to it.', enable: `bind one to line ${one.cause.line}: <!-- check: ID -->` };
	return {
		reason: `${waiting.id} is proposed for it (${waiting.rule}, ${waiting.certainty}) and waits to be accepted.`,
		enable: `holdfast runbook bind --accept ${waiting.certainty}`,
	};
}

function state(one: Gathered, verdict: CauseVerdict, reason: string, enable: string | null): JudgedCause {
	const { text, line, address } = one.cause;
	return { text, line, address, verdict, reason, enable, observations: one.answers.map((answer) => answer.key) };
}

/** Two are enough to believe; the rest is counted. */
export function joinReasons(answers: readonly Observation[]): string {
	const shown = answers.slice(0, 2).map((answer) => `${answer.check}: ${endWithoutStop(answer.reason)}`);
	const rest = answers.length - shown.length;
	return closeSentence(shown.join('; ') + (rest > 0 ? `; and ${rest} more ok` : ''));
}

export function closeSentence(text: string): string {
	return /[.?:]$/.test(text) ? text : `${text}.`;
}
