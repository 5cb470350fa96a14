/** Which transactions are slow or fail, by Sentry. Pure. */
import type { Finding } from '../../contract.ts';
import type { SentryPerformance, SentryTransaction } from '../../vendors.ts';

export interface PerformanceLimits {
	/** 95th percentile, in milliseconds. */
	readonly p95: number;
	/** Share of failing calls, in percent. */
	readonly failing: number;
	/** Fewest calls from which a transaction is judged. */
	readonly min: number;
}

/** Share of sessions without a crash below which it warns: 99 % is what Sentry itself calls a healthy release's lower bound. */
const leastCrashFree = 0.99;

/** @returns the transactions with enough calls to judge. */
export function pickJudged({ transactions }: SentryPerformance, limits: PerformanceLimits): readonly SentryTransaction[] {
	return transactions.filter(({ count }) => count >= limits.min);
}

/** @returns failing ones first, then slow ones, the slowest first. */
export function judgeTransactions(performance: SentryPerformance, limits: PerformanceLimits): readonly Finding[] {
	const judged = pickJudged(performance, limits);
	const failing = judged
		.filter(({ failureRate }) => failureRate !== null && failureRate * 100 > limits.failing)
		.toSorted((a, b) => (b.failureRate ?? 0) - (a.failureRate ?? 0))
		.map(
			({ name, count, failureRate }): Finding => ({
				code: 'sentry.failing',
				severity: 'fail',
				message: `${name} fails in ${formatPercent(failureRate ?? 0)} of ${count} calls, more than ${limits.failing} %`,
				fix: `look at the errors of ${name} in Sentry`,
			}),
		);
	const slow = judged
		.filter(({ p95Ms }) => p95Ms !== null && p95Ms > limits.p95)
		.toSorted((a, b) => (b.p95Ms ?? 0) - (a.p95Ms ?? 0))
		.map(
			({ name, count, p75Ms, p95Ms }): Finding => ({
				code: 'sentry.slow',
				severity: 'fail',
				message: `${name} takes ${Math.round(p95Ms ?? 0)} ms at the 95th percentile${p75Ms === null ? '' : ` (${Math.round(p75Ms)} ms at the 75th)`} of ${count} calls, more than ${limits.p95} ms`,
				fix: `look at the spans of ${name} in Sentry`,
			}),
		);
	const { crashFree } = performance;
	const crashes: readonly Finding[] =
		crashFree === null || crashFree >= leastCrashFree
			? []
			: [
					{
						code: 'sentry.crashes',
						severity: 'warn',
						message: `Only ${formatPercent(crashFree)} of sessions end without a crash, less than 99 %`,
						fix: 'look at the release’s crashes in Sentry',
					},
				];
	return [...failing, ...slow, ...crashes];
}

function formatPercent(share: number): string {
	return `${Number((share * 100).toFixed(1))} %`;
}
