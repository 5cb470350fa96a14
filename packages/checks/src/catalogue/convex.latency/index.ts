import { z } from 'zod';
import { describeGap, groupByFunction, logRequires, nameWindow, readConvexLog, windowParam } from '../../convex/read-log.ts';
import { defineCheck } from '../../define-check.ts';
import { stateOf, summariseFindings } from '../../outcome/state-of.ts';
import { type Durations, judgeDurations, measureDurations, pickJudged } from './judge-durations.ts';

export const convexLatency = defineCheck({
	id: 'convex.latency',
	title: 'Convex functions are fast',
	question: 'How long do queries and mutations take on the deployment, and which is slow?',
	explains:
		'Takes the executions of the last minutes from the deployment’s log and gives the 50th, 95th and 99th percentile of each function’s time on the server. Results from the cache are left out; actions are shown and not judged, because they wait for others by design; executions before the last push of code are left out. ok: every function with enough executions is within `p95`, or its last runs were. fail: one is slower. unknown: too few executions, no key, no answer. The default limit of 1,000 ms is that which Convex sets for the running time of a query or mutation.',
	requires: [...logRequires, 'five executions of a function in the window'],
	needs: ['convex.reachable'],
	params: z.object({
		p95: z
			.int()
			.min(1)
			.max(600_000)
			.default(1000)
			.meta({ description: 'Longest time at the 95th percentile that counts as well, in milliseconds', example: 'p95=1000' }),
		min: z.int().min(1).max(1000).default(5).meta({ description: 'Fewest executions from which a function is judged', example: 'min=5' }),
		window: windowParam(),
	}),
	deadlineMs: 9000,
	run: async (context, { p95, min, window: minutes }) => {
		const answer = await readConvexLog(context, minutes);
		if (answer.kind === 'none') return answer.outcome;
		const { log, current, subject } = answer;
		const rows = measureDurations(groupByFunction(current));
		const judged = pickJudged(rows, min);
		const shown = { subject, ...(rows.length === 0 ? {} : { evidence: [showRows(rows)] }) };
		const slowest = judged[0];
		if (slowest === undefined)
			return {
				...shown,
				state: 'unknown',
				reason: `No function was run ${min} times in ${nameWindow(minutes)} (${current.length} executions in all of the code that runs now), so nothing can be said of their speed`,
				enable: 'ask again under load, or look further back: window=60',
			};
		const findings = judgeDurations(judged, p95);
		const good = `Of ${judged.length} function${judged.length === 1 ? '' : 's'} the slowest, ${slowest.path}, takes ${Math.round(slowest.p95)} ms at the 95th percentile${describeGap(log)}`;
		return {
			...shown,
			state: stateOf(findings),
			reason: findings.length > 0 ? summariseFindings(findings) : good,
			findings,
			measurements: [{ name: 'slowest p95', value: slowest.p95, unit: 'ms' }],
		};
	},
});

const maxShown = 20;

function showRows(rows: readonly Durations[]) {
	const lines = rows
		.slice(0, maxShown)
		.map(
			({ path, kind, count, p50, p95, p99 }) =>
				`${path}  ${kind}  ${count} executions  p50 ${Math.round(p50)} ms  p95 ${Math.round(p95)} ms  p99 ${Math.round(p99)} ms`,
		);
	return {
		title: 'Time by function',
		kind: 'table' as const,
		body: lines.join('\n'),
		...(rows.length > maxShown ? { truncated: true } : {}),
	};
}
