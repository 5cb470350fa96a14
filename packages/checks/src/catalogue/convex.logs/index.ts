import { z } from 'zod';
import type { Evidence } from '../../contract.ts';
import { readProcessStart } from '../../convex/read-app-view.ts';
import { describeGap, groupByFunction, logRequires, nameWindow, readConvexLog, windowParam } from '../../convex/read-log.ts';
import { defineCheck } from '../../define-check.ts';
import { stateOf, summariseFindings } from '../../outcome/state-of.ts';
import type { ConvexExecution } from '../../vendors.ts';
import { judgeErrors } from './judge-errors.ts';

export const convexLogs = defineCheck({
	id: 'convex.logs',
	title: 'The Convex log shows no failing function',
	question: 'Which functions fail, by the deployment’s own log?',
	explains:
		'Reads the deployment’s log of the last minutes and counts failed executions by function; those before the last push of code are shown and not judged. ok: none failed, or each has succeeded since (as often as it failed, three times at most), or it failed before the application’s last start. warn: a function fails and succeeds by turns. fail: the last execution of a function failed. unknown: no key, a key that may not read logs, no answer. The deployment keeps the last 1,000 executions, and none over a restart.',
	requires: logRequires,
	needs: ['convex.reachable', 'convex.state'],
	params: z.object({ window: windowParam() }),
	deadlineMs: 9000,
	run: async (context, { window: minutes }) => {
		const [answer, processStartedAt] = await Promise.all([readConvexLog(context, minutes), readProcessStart(context)]);
		if (answer.kind === 'none') return answer.outcome;
		const { log, current, subject } = answer;
		const words = nameWindow(minutes);
		if (log.silent === true)
			return {
				state: 'unknown',
				reason: 'The log holds nothing yet, or did not come in time',
				enable: 'use the application and ask again; a deployment keeps its log in memory and none over a restart',
				subject,
			};
		const findings = judgeErrors(groupByFunction(current), { words, processStartedAt });
		const count = log.executions.length;
		const good = `${count === 0 ? 'No execution' : `No function fails: ${count} execution${count === 1 ? '' : 's'}`} in ${words}${describeGap(log)}`;
		const state = stateOf(findings);
		return {
			state,
			reason: findings.length > 0 ? summariseFindings(findings) : good,
			findings,
			evidence: showErrors(log.executions),
			measurements: [
				{ name: 'executions', value: count, unit: 'count' },
				{ name: 'failed', value: log.executions.filter(({ error }) => error !== null).length, unit: 'count' },
			],
			subject,
		};
	},
});

const maxShown = 20;

/** The last failed executions, newest first. */
function showErrors(executions: readonly ConvexExecution[]): readonly Evidence[] {
	const failed = executions.filter(({ error }) => error !== null);
	if (failed.length === 0) return [];
	const lines = failed
		.slice(-maxShown)
		.toReversed()
		.map(({ at, path, error }) => `${at}  ${path}  ${(error ?? '').split('\n')[0] ?? ''}`);
	return [{ title: 'Failed executions', kind: 'table', body: lines.join('\n'), ...(failed.length > maxShown ? { truncated: true } : {}) }];
}
