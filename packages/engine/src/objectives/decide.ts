/**
 * What an objective's measurement means: how much of its error budget is left, and whether it burns so fast that somebody must know. Pure,
 * always with the reason.
 *
 * Windows and factors are those of the SRE workbook, chapter 5, "Multiwindow, Multi-Burn-Rate Alerts"
 * (https://sre.google/workbook/alerting-on-slos/): the long window says that it matters, the short one that it goes on. In a 30-day window
 * 14.4× for an hour is 2 % of the budget, 6× for six hours 5 %, 1× for three days 10 %.
 */
import type { Severity } from '../monitors/defaults.ts';
import { type Availability, burnOf, coverageOf } from './measure.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

export interface BurnRule {
	readonly factor: number;
	readonly longMs: number;
	readonly shortMs: number;
	readonly severity: Severity;
}

/** The fastest first. */
export const burnRules: readonly BurnRule[] = [
	{ factor: 14.4, longMs: HOUR, shortMs: 5 * MINUTE, severity: 'critical' },
	{ factor: 6, longMs: 6 * HOUR, shortMs: 30 * MINUTE, severity: 'major' },
	{ factor: 1, longMs: 72 * HOUR, shortMs: 6 * HOUR, severity: 'minor' },
];

/** Of the objective's window; with less of it known nothing is said of whether it is met. Three days of thirty. */
export const LEAST_COVERAGE = 0.1;

export interface Burn extends BurnRule {
	/** Times faster than allowed; null: less than half of the window is known. */
	readonly long: number | null;
	readonly short: number | null;
}

export interface ObjectiveResult {
	/** `spent`: more than the budget was down; `unknown`: too little is known. */
	readonly state: 'met' | 'spent' | 'unknown';
	/** Share of the known time that it was available; null when too little is known. */
	readonly achieved: number | null;
	/** Share of the window that samples speak for. */
	readonly coverage: number;
	/** Milliseconds that it may be down in the window, and what is left of them; below zero: overdrawn. */
	readonly budgetMs: number;
	readonly leftMs: number;
	readonly burns: readonly Burn[];
	/** ISO 8601: when the budget is spent if it goes on as in the long window of the fastest rule that burns; null: none does, or it is spent. */
	readonly spentAt: string | null;
	readonly reason: string;
}

export interface Measured {
	/** Of the objective's own window. */
	readonly whole: Availability;
	/** By length in milliseconds: those of the rules. */
	readonly windows: ReadonlyMap<number, Availability>;
	/** Monitors that were asked. */
	readonly monitors: number;
}

export function judgeObjective(target: number, { whole, windows, monitors }: Measured, now: number): ObjectiveResult {
	const coverage = coverageOf(whole);
	const budgetMs = whole.windowMs * (1 - target);
	const leftMs = budgetMs - whole.downMs;
	const rate = (ms: number): number | null => {
		const availability = windows.get(ms);
		return availability === undefined ? null : burnOf(availability, target);
	};
	const burns = burnRules.map((rule) => ({ ...rule, long: rate(rule.longMs), short: rate(rule.shortMs) }));
	const fastest = findBurning(burns);
	const spentAt =
		fastest === null || fastest.long === null || leftMs <= 0
			? null
			: new Date(Math.min(now + leftMs / (fastest.long * (1 - target)), 8.64e15)).toISOString();
	const isKnown = coverage >= LEAST_COVERAGE;
	// What is down beyond the budget stays so, whatever the unknown time held.
	const state = leftMs < 0 ? 'spent' : isKnown ? 'met' : 'unknown';
	const achieved = isKnown ? 1 - whole.downMs / whole.knownMs : null;
	return { state, achieved, coverage, budgetMs, leftMs, burns, spentAt, reason: explain(state, { coverage, monitors }) };
}

function explain(
	state: ObjectiveResult['state'],
	{ coverage, monitors }: { readonly coverage: number; readonly monitors: number },
): string {
	if (monitors === 0) return 'no monitor asks whether it is available: bind a line to http.health or http.status';
	const known = `${formatShare(coverage)} of the window is known`;
	if (state === 'spent') return `the budget is spent; ${known}`;
	return state === 'met' ? known : `${known}, ${formatShare(LEAST_COVERAGE)} is needed`;
}

/** The fastest rule both of whose windows burn. */
export function findBurning(burns: readonly Burn[]): Burn | null {
	return burns.find(({ factor, long, short }) => long !== null && short !== null && long >= factor && short >= factor) ?? null;
}

export type AlertMove =
	| { readonly kind: 'alert'; readonly severity: Severity; readonly reason: string }
	| { readonly kind: 'resolve'; readonly reason: string }
	| { readonly kind: 'none'; readonly reason: string };

/**
 * @param open how bad the open incident of this objective is; null: none is open
 * @param maintenance name of the window that holds now: nobody is woken in it
 */
export function decideAlert(
	result: ObjectiveResult,
	{ open, maintenance, now }: { readonly open: Severity | null; readonly maintenance: string | null; readonly now: number },
): AlertMove {
	const burning = findBurning(result.burns);
	if (burning !== null) {
		if (maintenance !== null && open === null) return { kind: 'none', reason: `burns, in maintenance "${maintenance}"` };
		return { kind: 'alert', severity: burning.severity, reason: describeBurn(result, burning, now) };
	}
	if (open === null) return { kind: 'none', reason: 'no window burns too fast' };
	const rule = result.burns.find(({ severity }) => severity === open) ?? result.burns[0];
	if (rule === undefined || rule.short === null) return { kind: 'none', reason: 'the short window is not known: it stays open' };
	if (rule.short >= rule.factor) return { kind: 'none', reason: 'the short window burns still' };
	return {
		kind: 'resolve',
		reason: `the last ${formatSpan(rule.shortMs)} burn ${formatRate(rule.short)}; ${formatBudget(result)} left`,
	};
}

function describeBurn(result: ObjectiveResult, { long, short, longMs, shortMs }: Burn, now: number): string {
	const rates = `${formatRate(long ?? 0)} as fast as allowed over ${formatSpan(longMs)}, ${formatRate(short ?? 0)} over ${formatSpan(shortMs)}`;
	const end =
		result.spentAt === null
			? 'nothing of it is left'
			: `it is spent in ${formatSpan(Date.parse(result.spentAt) - now)} if this goes on (${result.spentAt.slice(0, 16).replace('T', ' ')} UTC)`;
	return `the error budget burns ${rates}; ${formatBudget(result)} left, ${end}`;
}

function formatBudget({ leftMs, budgetMs }: ObjectiveResult): string {
	return `${(Math.max(0, leftMs) / MINUTE).toFixed(1)} of ${(budgetMs / MINUTE).toFixed(1)} min`;
}

function formatRate(rate: number): string {
	return `${rate >= 10 ? Math.round(rate) : Number(rate.toFixed(1))}×`;
}

function formatSpan(ms: number): string {
	const minutes = Math.max(1, Math.round(ms / MINUTE));
	if (minutes < 120) return minutes === 60 ? '1 h' : `${minutes} min`;
	const hours = Math.round(minutes / 60);
	return hours < 72 ? `${hours} h` : `${Math.round(hours / 24)} days`;
}

function formatShare(share: number): string {
	return `${Number((share * 100).toFixed(share < 0.1 ? 1 : 0))} %`;
}
