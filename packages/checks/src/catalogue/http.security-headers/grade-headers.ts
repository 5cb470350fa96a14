/**
 * The grade of a response's security headers, by the table of Mozilla's HTTP Observatory (2026-08,
 * https://developer.mozilla.org/en-US/observatory/docs/tests_and_scoring): 100 points, penalties, and bonuses that count
 * only where 90 are reached without them. Pure.
 */
import { isTrustworthy } from '../http.cookies/judge-cookie.ts';
import type { JudgedResponse, Modifier, Rule } from './modifier.ts';
import { judgeCookies } from './rule-cookies.ts';
import { judgeCsp } from './rule-csp.ts';
import { judgeContentTypeOptions, judgeFrameOptions, judgeIntegrity, judgeReferrerPolicy } from './rules-content.ts';
import { judgeCors, judgeIsolation } from './rules-isolation.ts';
import { judgeHsts, judgeRedirection } from './rules-transport.ts';

export interface Grade {
	/** 0 to 145. */
	readonly score: number;
	readonly grade: string;
	/** Worst first. */
	readonly modifiers: readonly Modifier[];
	/** Rules left out: on the machine itself there is no https to judge. */
	readonly transportJudged: boolean;
	/** Points that plain http costs, and for what: counted in `score` when the transport is judged, else only told. Empty over https. */
	readonly plainHttpCosts: readonly Modifier[];
}

const always: readonly Rule[] = [
	judgeCsp,
	judgeCookies,
	judgeCors,
	judgeReferrerPolicy,
	judgeIntegrity,
	judgeContentTypeOptions,
	judgeFrameOptions,
	judgeIsolation,
];
const transport: readonly Rule[] = [judgeHsts, judgeRedirection];
const bonusesFrom = 90;

/** From the highest; the first that is reached counts. */
const grades: readonly (readonly [number, string])[] = [
	[100, 'A+'],
	[90, 'A'],
	[85, 'A-'],
	[80, 'B+'],
	[70, 'B'],
	[65, 'B-'],
	[60, 'C+'],
	[50, 'C'],
	[45, 'C-'],
	[40, 'D+'],
	[30, 'D'],
	[25, 'D-'],
	[0, 'F'],
];

export function gradeHeaders(response: JudgedResponse): Grade {
	const transportJudged = response.url.protocol === 'https:' || !isTrustworthy(response.url);
	const rules = transportJudged ? [...always, ...transport] : always;
	const modifiers = rules.flatMap((rule) => rule(response)).toSorted((a, b) => a.points - b.points || (a.code < b.code ? -1 : 1));
	const base = 100 + sum(modifiers.filter(({ points }) => points < 0));
	const bonus = base >= bonusesFrom ? sum(modifiers.filter(({ points }) => points > 0)) : 0;
	const score = Math.max(0, base + bonus);
	const plainHttpCosts = response.url.protocol === 'https:' ? [] : transport.flatMap((rule) => rule(response));
	return { score, grade: findGrade(score), modifiers, transportJudged, plainHttpCosts };
}

/** @param score rounded down to a multiple of five first. */
export function findGrade(score: number): string {
	const step = Math.floor(score / 5) * 5;
	return grades.find(([from]) => step >= from)?.[1] ?? 'F';
}

function sum(modifiers: readonly Modifier[]): number {
	return modifiers.reduce((total, { points }) => total + points, 0);
}
