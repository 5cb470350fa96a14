import { z } from 'zod';
import type { Evidence } from '../../contract.ts';
import { describeSilence } from '../../convex/describe-silence.ts';
import { nameWindow } from '../../convex/read-log.ts';
import { defineCheck } from '../../define-check.ts';
import { stateOf, summariseFindings } from '../../outcome/state-of.ts';
import { askedOfSentry, readSentryProject, sentryRequires, sentryWindowParam } from '../../sentry/read-sentry.ts';
import type { SentryPerformance } from '../../vendors.ts';
import { judgeTransactions, pickJudged } from './judge-transactions.ts';

export const sentryPerformance = defineCheck({
	id: 'sentry.performance',
	title: 'Sentry sees no slow or failing transaction',
	question: 'Which pages and routes are slow or fail for real visitors, by Sentry?',
	explains:
		'Reads the transactions of the window with their 75th and 95th percentile and failure rate. ok: every transaction with enough calls is within the limits. warn: fewer than 99 % of sessions end without a crash. fail: one is slower than `p95` or fails more often than `failing`. unknown: too few calls, no project or token configured, a token that is expired or may not ask, 429, no answer. The default of 2,500 ms is the limit of a good Largest Contentful Paint: an answer that takes longer cannot become a good page.',
	requires: [...sentryRequires, 'tracing switched on in the application’s Sentry SDK'],
	needs: [],
	params: z.object({
		p95: z
			.int()
			.min(1)
			.max(600_000)
			.default(2500)
			.meta({ description: 'Longest time at the 95th percentile that counts as well, in milliseconds', example: 'p95=2500' }),
		failing: z
			.int()
			.min(0)
			.max(100)
			.default(5)
			.meta({ description: 'Highest share of failing calls that counts as well, in percent', example: 'failing=5' }),
		min: z.int().min(1).max(10_000).default(5).meta({ description: 'Fewest calls from which a transaction is judged', example: 'min=5' }),
		window: sentryWindowParam(),
	}),
	deadlineMs: 9500,
	run: async (context, { p95, failing, min, window: minutes }) => {
		const project = readSentryProject(context);
		if (project.kind === 'none') return project.outcome;
		const verdict = await context.vendors.sentry.readPerformance(project.target, minutes, context.signal);
		if (verdict.kind === 'no-answer') return { ...describeSilence(verdict, askedOfSentry), subject: project.target.url };
		const performance = verdict.value;
		const limits = { p95, failing, min };
		const findings = judgeTransactions(performance, limits);
		const count = pickJudged(performance, limits).length;
		const shown = { findings, evidence: showTransactions(performance), subject: performance.url };
		if (count === 0 && findings.length === 0)
			return {
				...shown,
				state: 'unknown',
				reason: `Sentry has no transaction with ${min} calls in ${nameWindow(minutes)}, so nothing can be said of its speed`,
				enable: 'switch tracing on in the application’s Sentry SDK (tracesSampleRate), or look further back: window=60',
			};
		const good = `${count} transaction${count === 1 ? '' : 's'} within ${p95} ms and ${failing} % failures in ${nameWindow(minutes)}`;
		return { ...shown, state: stateOf(findings), reason: findings.length > 0 ? summariseFindings(findings) : good };
	},
});

const maxShown = 20;

function showTransactions({ transactions }: SentryPerformance): readonly Evidence[] {
	if (transactions.length === 0) return [];
	const lines = transactions
		.slice(0, maxShown)
		.map(
			({ name, count, p75Ms, p95Ms, failureRate }) =>
				`${name}  ${count} calls  p75 ${show(p75Ms)} ms  p95 ${show(p95Ms)} ms  failing ${failureRate === null ? '?' : `${Number((failureRate * 100).toFixed(1))} %`}`,
		);
	return [{ title: 'Transactions', kind: 'table', body: lines.join('\n'), ...(transactions.length > maxShown ? { truncated: true } : {}) }];
}

function show(value: number | null): string {
	return value === null ? '?' : String(Math.round(value));
}
