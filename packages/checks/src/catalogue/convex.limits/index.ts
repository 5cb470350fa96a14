import { z } from 'zod';
import type { Finding, Outcome } from '../../contract.ts';
import { callProbe, usualQuery } from '../../convex/call-probe.ts';
import { isFresh, readAppView } from '../../convex/read-app-view.ts';
import { describeGap, logRequires, nameWindow, readConvexLog, windowParam } from '../../convex/read-log.ts';
import { defineCheck } from '../../define-check.ts';
import { stateOf, summariseFindings } from '../../outcome/state-of.ts';
import { judgeLimits } from './judge-limits.ts';

export const convexLimits = defineCheck({
	id: 'convex.limits',
	title: 'Convex refuses no work for its limits',
	question: 'Does the deployment turn calls away because there are too many, or because one asks too much?',
	explains:
		'Looks at a call made now, at the application’s own last call (the kit’s report), and at the deployment’s log of the last minutes for 429, TooManyConcurrentRequests, TooManyWrites, overload and transaction limits. ok: none, or the function has run again since. fail: a call is refused now, or the last executions were. unknown: nothing is refused now, and the log could not be read. Limits by plan and class: https://docs.convex.dev/production/state/limits.',
	requires: logRequires,
	needs: ['convex.reachable'],
	params: z.object({ window: windowParam() }),
	deadlineMs: 9500,
	run: async (context, { window: minutes }): Promise<Outcome> => {
		const [call, view, answer] = await Promise.all([callProbe(context, usualQuery), readAppView(context), readConvexLog(context, minutes)]);
		if (call.kind === 'none') return call.outcome;
		const fix = 'call fewer functions at once, make them shorter, or take a larger deployment class';
		const now: readonly Finding[] = [
			...(call.verdict.kind === 'no-answer' && call.verdict.code === 'rate-limited'
				? [
						{
							code: 'limits.rate-limited',
							severity: 'fail' as const,
							message: `${call.host} refuses a call now: ${call.verdict.reason}`,
							fix,
						},
					]
				: []),
			...(view.kind === 'seen' && view.report.code === 'rate-limited' && isFresh(view)
				? [
						{
							code: 'limits.rate-limited',
							severity: 'fail' as const,
							message: `The application’s last call was refused (429)${view.report.message === null ? '' : `: ${view.report.message}`}`,
							fix,
						},
					]
				: []),
		];
		const past = answer.kind === 'log' ? judgeLimits(answer.log.executions, nameWindow(minutes)) : [];
		const findings = [...now, ...past];
		const shown = { findings, subject: call.subject };
		const state = stateOf(findings);
		if (state === 'fail') return { ...shown, state, reason: summariseFindings(findings) };
		if (answer.kind === 'none')
			return { ...answer.outcome, ...shown, reason: `No call is refused now; the log could not be read: ${answer.outcome.reason}` };
		if (call.verdict.kind === 'no-answer')
			return { ...shown, state: 'unknown', reason: call.verdict.reason, enable: call.verdict.enable ?? 'holdfast check convex.reachable' };
		const good = `No call is refused now, and none of ${answer.log.executions.length} execution${answer.log.executions.length === 1 ? '' : 's'} in ${nameWindow(minutes)} was${describeGap(answer.log)}`;
		return { ...shown, state, reason: past.length > 0 ? summariseFindings(findings) : good };
	},
});
