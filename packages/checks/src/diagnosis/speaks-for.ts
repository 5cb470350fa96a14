/**
 * Some checks can fail in several ways, and a line of the runbook means one of them. This table says which findings speak
 * for lines with certain words (rule G12). A line without such words takes every failure of its check, save one: a failure on the
 * way to the application speaks for no line that asks about its answer (rule G22).
 */
import type { Observation } from '../contract.ts';
import { codesOf, findingOf } from './finding-of.ts';

interface Reading {
	readonly id: string;
	readonly checks: readonly string[];
	/** Words of the line. */
	readonly words: RegExp;
	/** Codes that speak for such a line. */
	readonly codes: RegExp;
	/** Its words say where the time goes or what breaks: they hold whatever other words stand beside them. */
	readonly narrows?: boolean;
	/** What the other failures of the check mean instead; follows the finding's message. */
	readonly otherwise: string;
}

export const readings: readonly Reading[] = [
	{
		id: 'V1',
		checks: ['net.tcp'],
		words: /\bnetwork|\bconnectivity|\brouting|\bfirewall/i,
		codes: /^(?!.*refused)/,
		otherwise: 'a refused connection means that the network reaches the machine and no process listens there',
	},
	{
		id: 'V2',
		checks: ['http.latency'],
		words: /\bnetwork|\bdns\b|\bconnectivity/i,
		codes: /dns|connect|tls|network/,
		narrows: true,
		otherwise: 'the time is not lost on the way, so it does not speak for the network',
	},
	{
		id: 'V3',
		checks: ['http.redirects'],
		words: /\bloop|\bcircle|\btoo many/i,
		codes: /loop|too-many/,
		otherwise: 'it is not a loop',
	},
	{
		id: 'V4',
		checks: ['http.status'],
		words: /\b5(\d\d|xx)\b|internal server error/i,
		codes: /5\d\d|5xx|server-error/,
		otherwise: 'it is not an error of the server',
	},
	{
		id: 'V5',
		checks: ['http.latency'],
		words: /\btime-?\s?out|\btimeouts?\b|\bhang/i,
		codes: /hang|timeout|no-answer|deadline/,
		otherwise: 'an answer came, so it is not a timeout',
	},
	{
		id: 'V6',
		checks: ['http.latency'],
		words: /\bslow|\bperformance|\bpage loads?\b/i,
		codes: /slow|hang|timeout|dns|connect|tls|first-byte|body|deadline/,
		otherwise: 'it says nothing about speed',
	},
];

/** Checks whose question takes an answer of the application: when none came they have learnt nothing about it. */
const askOfAnAnswer = new Set(['http.redirects', 'http.cookies', 'http.csrf', 'http.assets', 'http.caching', 'http.security-headers']);
/** Codes of a failure on the way: no name, no connection, no answer, an address that must not be asked. */
const onTheWay = /^(?:net|dns|tls|target)\.|^redirect\.refused-target$/;

export type Speaking = { readonly speaks: true } | { readonly speaks: false; readonly because: string };

/** Whether a failing observation speaks for a line with this text; if not, what it says instead. */
export function speaksFor(text: string, observation: Observation): Speaking {
	const codes = codesOf(observation);
	if (codes.length === 0) return { speaks: true };
	if (askOfAnAnswer.has(observation.check) && codes.every((code) => onTheWay.test(code))) {
		return { speaks: false, because: `${endWithoutStop(findingOf(observation).message)}: no answer came that could be looked at` };
	}
	const asked = readings.filter((reading) => reading.checks.includes(observation.check) && reading.words.test(text));
	const matches = (reading: Reading): boolean => codes.some((code) => reading.codes.test(code));
	const silent = asked.find((reading) => reading.narrows === true && !matches(reading)) ?? asked.find((reading) => !matches(reading));
	if (silent === undefined || (silent.narrows !== true && asked.some(matches))) return { speaks: true };
	return { speaks: false, because: `${endWithoutStop(findingOf(observation).message)}: ${silent.otherwise}` };
}

/** So that a sentence can go on. */
export function endWithoutStop(sentence: string): string {
	return sentence.trim().replace(/\.+$/, '');
}
