/**
 * Some checks can fail in several ways, and a line of the runbook means one of them. `readings.ts` says which findings speak
 * for lines with certain words (rule G12). A line without such words takes every failure of its check, save one: a failure on the
 * way to the application speaks for no line that asks about its answer (rule G22).
 */
import type { Observation } from '../contract.ts';
import { codesOf, findingOf } from './finding-of.ts';
import { type Reading, readings } from './readings.ts';

/** Checks whose question takes an answer of the application: when none came they have learnt nothing about it. */
const askOfAnAnswer = new Set([
	'http.redirects',
	'http.cookies',
	'http.csrf',
	'http.assets',
	'http.caching',
	'http.cdn',
	'http.security-headers',
	'auth.session',
]);
/** Codes of a failure on the way: no name, no connection, no answer, an address that must not be asked. */
const onTheWay = /^(?:net|dns|tls|target)\.|^redirect\.refused-target$/;

/** `exactly`: the line has words that mean just such a finding. */
export type Speaking = { readonly speaks: true; readonly exactly: boolean } | { readonly speaks: false; readonly because: string };

export interface Surroundings {
	/** The failing observation that it leads to. */
	readonly root?: Observation;
	/** Ids of the checks that fail. */
	readonly failing?: ReadonlySet<string>;
}

/** Whether a failing observation speaks for a line with this text; if not, what it says instead. */
export function speaksFor(text: string, observation: Observation, around: Surroundings = {}): Speaking {
	const own = codesOf(observation);
	if (own.length === 0) return { speaks: true, exactly: false };
	if (askOfAnAnswer.has(observation.check) && own.every((code) => onTheWay.test(code))) {
		return { speaks: false, because: `${endWithoutStop(findingOf(observation).message)}: no answer came that could be looked at` };
	}
	const codes = [...own, ...(around.root === undefined ? [] : codesOf(around.root))];
	const asked = readings.filter((reading) => asks(reading, observation) && reading.words.test(text));
	const matches = (reading: Reading): boolean =>
		codes.some((code) => reading.codes.test(code)) &&
		!codes.some((code) => reading.never?.test(code)) &&
		!(reading.unless !== undefined && around.failing?.has(reading.unless));
	const silent = asked.find((reading) => reading.narrows === true && !matches(reading)) ?? asked.find((reading) => !matches(reading));
	const some = asked.some(matches);
	if (silent === undefined || (silent.narrows !== true && some)) return { speaks: true, exactly: some };
	return { speaks: false, because: `${endWithoutStop(findingOf(observation).message)}: ${silent.otherwise}` };
}

function asks(reading: Reading, observation: Observation): boolean {
	if (!reading.checks.includes(observation.check)) return false;
	return Object.entries(reading.params ?? {}).every(([name, value]) => observation.params[name] === value);
}

/** So that a sentence can go on. */
export function endWithoutStop(sentence: string): string {
	return sentence.trim().replace(/\.+$/, '');
}
