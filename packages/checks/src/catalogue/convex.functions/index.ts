import { z } from 'zod';
import type { CheckContext, Fact, Finding } from '../../contract.ts';
import { callProbe, queryParam, readConvexState } from '../../convex/call-probe.ts';
import { describeDown, describeSilence, isDown } from '../../convex/describe-silence.ts';
import { type AppView, isFresh, readAppView } from '../../convex/read-app-view.ts';
import { readLastPush } from '../../convex/read-deployment.ts';
import { groupByFunction, readConvexLog } from '../../convex/read-log.ts';
import { defineCheck } from '../../define-check.ts';
import { judgeCall } from './judge-call.ts';
import { judgeFailing } from './judge-failing.ts';

export const convexFunctions = defineCheck({
	id: 'convex.functions',
	title: 'Convex functions run',
	question: 'Does the deployment run functions, for a visitor and for the application?',
	explains:
		'Calls one harmless public query as a visitor (`health:ping`; where there is none of that name, its refusal as missing proves that functions run), and reads what the application says of its own calls. ok: functions run. fail: paused, disabled, suspended, over a limit; the query fails; a function that the application calls failed just now, or fails each time by the log of the last two minutes. unknown: 429, no answer that counts, or an error whose words are hidden while neither the state nor the application tells more.',
	requires: ['nothing; with an admin key and the kit’s report it can tell hidden errors apart'],
	needs: ['convex.reachable', 'convex.state'],
	params: z.object({ query: queryParam() }),
	deadlineMs: 9500,
	run: async (context, { query: wanted }) => {
		const [call, view, state, facts] = await Promise.all([
			callProbe(context, wanted),
			readAppView(context),
			readConvexState(context),
			readPush(context),
		]);
		if (call.kind === 'none') return call.outcome;
		const { verdict, query, subject } = call;
		const inApp = view.kind === 'seen' ? judgeInApp(view) : null;
		const more = { subject, facts };
		if (verdict.kind === 'no-answer') {
			if (isDown(verdict.code))
				return {
					...describeDown(verdict, 'functions', 'look at the deployment in the Convex dashboard and at status.convex.dev'),
					...more,
				};
			return { ...describeSilence(verdict, { vendor: 'Convex', setting: 'convex.adminKey', right: 'calls of public queries' }), ...more };
		}
		const judged = judgeCall(verdict.value, query, state.kind === 'state' ? state.state : null);
		const evidence = [
			{
				title: `Call of ${query.path}`,
				kind: 'text' as const,
				body: verdict.value.ok ? 'gives a value' : `${verdict.value.error}: ${verdict.value.message}`,
			},
		];
		const measurements = [{ name: 'call', value: verdict.value.durationMs, unit: 'ms' as const }];
		const told = { ...more, evidence, measurements };
		const failingNow = await readFailing(context);
		const findings: readonly Finding[] = [
			...(judged.kind === 'fails' ? [judged.finding] : []),
			...(inApp === null ? [] : [inApp]),
			...(failingNow === null ? [] : [failingNow]),
		];
		const failing = findings.find(({ severity }) => severity === 'fail');
		if (failing !== undefined) return { ...told, state: 'fail', reason: failing.message, findings };
		if (judged.kind === 'runs') return { ...told, state: 'ok', reason: judged.reason, findings };
		if (view.kind === 'seen' && view.report.status === 'ok' && isFresh(view))
			return { ...told, state: 'ok', reason: 'Functions run: the application’s own call gives a value', findings };
		return {
			...told,
			state: 'unknown',
			reason: judged.kind === 'open' ? judged.reason : verdict.kind,
			enable: adviseOnHidden(state),
			findings,
		};
	},
});

/** @returns what the application says of a function that failed; older news than a minute is a note. Pure. */
export function judgeInApp(view: Extract<AppView, { kind: 'seen' }>): Finding | null {
	const { code, message, at } = view.report;
	if (code !== 'function-error') return null;
	return {
		code: 'functions.failed-in-app',
		severity: isFresh(view) ? 'fail' : 'info',
		message: `A function that the application calls fails${at === null ? '' : ` (${at})`}${message === null ? '' : `: ${message}`}`,
		fix: 'look at the function and at the log of the deployment in the Convex dashboard',
	};
}

function adviseOnHidden(state: Awaited<ReturnType<typeof readConvexState>>): string {
	return state.kind === 'none' && state.outcome.enable !== undefined
		? state.outcome.enable
		: 'name a public query that exists and takes no arguments: query=health:ping';
}

/** How many minutes of the log are read for what fails now: a window of its own, read after the pages of this run were asked for. */
const recentMinutes = 3;

async function readFailing(context: CheckContext): Promise<Finding | null> {
	const answer = await readConvexLog(context, recentMinutes);
	return answer.kind === 'log' ? judgeFailing(groupByFunction(answer.current), context.now()) : null;
}

/** For the history: a push may explain what came after. */
async function readPush(context: CheckContext): Promise<readonly Fact[]> {
	const at = await readLastPush(context);
	return at === null ? [] : [{ name: 'convex:push', value: at }];
}
