import { z } from 'zod';
import type { Outcome } from '../../contract.ts';
import { defineCheck } from '../../define-check.ts';
import { stateOf, summariseFindings } from '../../outcome/state-of.ts';
import { pathParam } from '../../params.ts';
import type { TrendQuestion } from '../../trend.ts';
import {
	type Comparison,
	compare,
	DAY_MS,
	format,
	HOUR_MS,
	judgeComparison,
	LEAST_HOURS,
	type TooLittle,
	type TrendSubject,
} from './judge-trend.ts';

/** Of Web Vitals those that visitors feel; differences below a tenth of what web.dev calls good are noise. */
const vitals: readonly (TrendSubject & { readonly measurement: string })[] = [
	{ what: 'Largest content (LCP, p75)', unit: 'ms', least: 250, measurement: 'LCP p75' },
	{ what: 'Interaction (INP, p75)', unit: 'ms', least: 20, measurement: 'INP p75' },
	{ what: 'Layout shift (CLS, p75)', unit: '', least: 0.01, measurement: 'CLS p75' },
	{ what: 'First byte (TTFB, p75)', unit: 'ms', least: 80, measurement: 'TTFB p75' },
];

export const perfTrend = defineCheck({
	id: 'perf.trend',
	title: 'It is as fast as a week before',
	question: 'Do answers and pages take longer now than in the same hours before?',
	explains:
		'Compares the last `hours` with the same hours a week before, and until there are such with the same hours of the days before: how long asking http.latency of the path took (its three requests together), and the Web Vitals of visitors as vitals.p75 saw them. Medians of hours are compared. It is slower when the median rose by `warn` percent or more, most hours lie above most of before (Cliff’s δ 0.474 or more, a large effect), and the difference can be noticed (30 ms, or a tenth of the good bound of the vital). ok: nothing is. warn: by `warn` percent (25). fail: by `fail` percent (100). unknown: fewer than 3 hours with 3 figures on either side, or no figures are kept; they are while `holdfast up` watches http.latency and vitals.p75.',
	requires: ['`holdfast up`, which watches http.latency of the path (and vitals.p75) for a day or longer'],
	needs: [],
	params: z.object({
		path: pathParam('/', 'Path whose http.latency is compared'),
		hours: z.int().min(3).max(24).default(6).meta({ description: 'How many of the last hours count as now', example: 'hours=6' }),
		warn: z.int().min(5).max(1000).default(25).meta({ description: 'Increase from which it warns, in percent', example: 'warn=25' }),
		fail: z.int().min(5).max(10_000).default(100).meta({ description: 'Increase from which it fails, in percent', example: 'fail=100' }),
	}),
	deadlineMs: 9500,
	run: async (context, { path, hours, warn, fail }): Promise<Outcome> => {
		const now = context.now();
		const span = { fromMs: now - (hours * HOUR_MS + 7 * DAY_MS), toMs: now, stepMs: HOUR_MS };
		const asked: readonly (readonly [TrendSubject, TrendQuestion])[] = [
			[
				{ what: `Asking ${path}`, unit: 'ms', least: 30, at: path },
				{ check: 'http.latency', where: { name: 'path', value: path, byDefault: '/' } },
			],
			...vitals.map(({ measurement, ...subject }) => [subject, { check: 'vitals.p75', measurement }] as const),
		];
		const answers = await Promise.all(
			asked.map(async ([subject, question]) => ({ subject, points: await context.trend.read(question, span) })),
		);
		if (answers.every(({ points }) => points === null))
			return {
				state: 'unknown',
				reason: 'No figures are kept over time, so there is nothing to compare with',
				enable: `holdfast up, with http.latency path=${path} in the runbook or under \`monitors:\``,
			};
		const compared = answers.map(({ subject, points }) => compare(subject, points ?? [], { now, hours }));
		const told = compared.filter((one): one is Comparison => !('tooLittle' in one));
		const [latency] = compared;
		if (told.length === 0) return describeTooLittle(latency, path);
		const findings = told.flatMap((one) => judgeComparison(one, { warn, fail }) ?? []);
		const untold = compared.length - told.length;
		const rest = untold === 0 ? '' : `; of ${untold} more there are too few figures`;
		const [first] = told;
		return {
			state: stateOf(findings),
			reason:
				findings.length > 0
					? `${summariseFindings(findings)}${rest}`
					: `Not slower than in ${first?.against ?? 'before'}: ${told.map((one) => `${one.subject.what} ${format(one.now, one.subject)} (${format(one.before, one.subject)})`).join(', ')}${rest}`,
			findings,
			evidence: [{ title: 'Now and before, medians of hours', kind: 'table', body: compared.map(showRow).join('\n') }],
			measurements: told.map((one) => ({
				name: `${one.subject.what} change`,
				value: one.before <= 0 ? 0 : Math.round(((one.now - one.before) / one.before) * 1000) / 10,
				unit: 'percent' as const,
			})),
		};
	},
});

function describeTooLittle(latency: Comparison | TooLittle | undefined, path: string): Outcome {
	const [before, now] = latency?.hours ?? [0, 0];
	return {
		state: 'unknown',
		reason: `Too little is known to compare: ${now} hours of now and ${before} of before have figures of ${path}, ${LEAST_HOURS} of each are needed`,
		enable: `let holdfast up watch http.latency path=${path} for a day or longer`,
	};
}

function showRow(one: Comparison | TooLittle): string {
	if ('tooLittle' in one) return `${one.subject.what}  too few figures (${one.hours[1]} hours now, ${one.hours[0]} before)`;
	return `${one.subject.what}  now ${format(one.now, one.subject)}  before ${format(one.before, one.subject)}  effect ${one.effect.toFixed(2)}  ${one.counts[1]} figures against ${one.counts[0]}, ${one.against}`;
}
