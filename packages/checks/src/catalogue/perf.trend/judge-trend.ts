/** Whether a figure is worse now than in the same hours before. Pure. */
import type { Finding } from '../../contract.ts';
import { measureEffect, median } from '../../statistics/robust.ts';
import type { TrendPoint } from '../../trend.ts';

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;
/** Hours on each side, and figures in each of them, below which nothing is said. */
export const LEAST_HOURS = 3;
const LEAST_OF_HOUR = 3;
/** Cliff's δ of a large effect (Romano et al., 2006): most hours of now lie above most of before. */
const LARGE_EFFECT = 0.474;

export interface TrendSubject {
	/** `/products`, `LCP`. */
	readonly what: string;
	readonly unit: 'ms' | '';
	/** A difference that nobody notices, in the unit. */
	readonly least: number;
	/** `at`, for findings about one route. */
	readonly at?: string;
}

export interface Comparison {
	readonly subject: TrendSubject;
	readonly now: number;
	readonly before: number;
	readonly effect: number;
	/** Hours and figures on each side. */
	readonly hours: readonly [before: number, now: number];
	readonly counts: readonly [before: number, now: number];
	/** `the same hours a week before`. */
	readonly against: string;
}

export interface TooLittle {
	readonly subject: TrendSubject;
	readonly tooLittle: true;
	readonly hours: readonly [before: number, now: number];
}

/**
 * Against the same hours a week before, which have the same visitors; until there are such, against the same hours of the days before.
 * @param points by the hour, of the last eight days @param hours how many of the last count as now
 */
export function compare(
	subject: TrendSubject,
	points: readonly TrendPoint[],
	{ now, hours }: { readonly now: number; readonly hours: number },
): Comparison | TooLittle {
	const counted = points.filter(({ count }) => count >= LEAST_OF_HOUR);
	const from = now - hours * HOUR_MS;
	const current = counted.filter(({ fromMs }) => fromMs >= from);
	const shifted = (days: number) =>
		counted.filter(({ fromMs }) => fromMs >= from - days * DAY_MS && fromMs < Math.min(now - days * DAY_MS, from));
	const weekBefore = shifted(7);
	const daysBefore = [1, 2, 3, 4, 5, 6].flatMap(shifted);
	const isWeek = weekBefore.length >= LEAST_HOURS;
	const before = isWeek ? weekBefore : daysBefore;
	const sides = [before.length, current.length] as const;
	if (before.length < LEAST_HOURS || current.length < LEAST_HOURS) return { subject, tooLittle: true, hours: sides };
	const [was, is] = [before.map(({ p50 }) => p50), current.map(({ p50 }) => p50)];
	const sum = (side: readonly TrendPoint[]) => side.reduce((total, { count }) => total + count, 0);
	return {
		subject,
		now: median(is),
		before: median(was),
		effect: measureEffect(was, is),
		hours: sides,
		counts: [sum(before), sum(current)],
		against: isWeek ? 'the same hours a week before' : 'the same hours of the days before',
	};
}

/** @returns null where it is not worse, or nobody would notice. */
export function judgeComparison(
	{ subject, now, before, effect, counts, against }: Comparison,
	bounds: { readonly warn: number; readonly fail: number },
): Finding | null {
	const worse = before <= 0 ? 0 : ((now - before) / before) * 100;
	if (now - before < subject.least || effect < LARGE_EFFECT || worse < bounds.warn) return null;
	return {
		code: 'perf.slower',
		severity: worse >= bounds.fail ? 'fail' : 'warn',
		message: `${subject.what} takes ${format(now, subject)} at the median, ${Math.round(worse)} % more than the ${format(before, subject)} of ${against} (${counts[1]} figures against ${counts[0]}, effect ${effect.toFixed(2)})`,
		fix: 'look at what changed in between: the release, the data, the number of visitors; then at which part of the answer takes long (holdfast check http.latency)',
		...(subject.at === undefined ? {} : { at: subject.at }),
	};
}

export function format(value: number, { unit }: TrendSubject): string {
	return unit === 'ms' ? `${Math.round(value)} ms` : String(Number(value.toFixed(3)));
}
