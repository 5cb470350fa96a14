import { z } from 'zod';
import type { CheckContext, Outcome } from '../../contract.ts';
import { callProbe, readConvexState, usualQuery } from '../../convex/call-probe.ts';
import { describeSilence } from '../../convex/describe-silence.ts';
import { defineCheck } from '../../define-check.ts';
import { stateOf, summariseFindings } from '../../outcome/state-of.ts';
import { describeStop, listStops, readStop } from './judge-state.ts';

export const convexState = defineCheck({
	id: 'convex.state',
	title: 'The Convex deployment is active',
	question: 'Is the deployment running, or paused, disabled, suspended or over a limit?',
	explains:
		'Asks the deployment for its own state with the admin key; without one, what a harmless query says of it. ok: all three switches (system, usage limit, user) let functions run. fail: paused, disabled, suspended, or stopped by a usage limit. unknown: no key, a key that may not ask, no answer. A stopped deployment still answers to its version, so convex.reachable does not tell.',
	requires: ['`convex: {url: …, adminKey: …}` in holdfast.yaml, unless the deployment names the state to visitors'],
	needs: ['convex.reachable'],
	params: z.object({}),
	deadlineMs: 9000,
	run: async (context) => {
		const answer = await readConvexState(context);
		if (answer.kind === 'none') return inferState(context, answer);
		const findings = listStops(answer.state).map((stop) => describeStop(stop, 'state'));
		const { system, usageLimit, user } = answer.state;
		return {
			state: stateOf(findings),
			reason: findings.length > 0 ? summariseFindings(findings) : 'The deployment is running: nothing pauses, disables or limits it',
			findings,
			evidence: [{ title: 'State', kind: 'table', body: `system: ${system}\nusage limit: ${usageLimit}\nuser: ${user}` }],
			subject: answer.subject,
		};
	},
});

/** What a visitor's call tells: a query that runs, or a refusal that names the state. Hidden words leave it open. */
async function inferState(
	context: CheckContext,
	{ outcome, silence }: Extract<Awaited<ReturnType<typeof readConvexState>>, { kind: 'none' }>,
): Promise<Outcome> {
	const open: Outcome =
		silence === null
			? outcome
			: { ...outcome, ...describeSilence(silence, { vendor: 'Convex', setting: 'convex.adminKey', right: 'deployment:view' }) };
	const call = await callProbe(context, usualQuery);
	if (call.kind === 'none' || call.verdict.kind === 'no-answer') return open;
	const result = call.verdict.value;
	const { subject } = call;
	if (result.ok || result.error === 'no-such-function')
		return { state: 'ok', reason: 'Functions run, so the deployment is active', subject };
	const stop = readStop(result.error);
	if (stop === null) return open;
	const finding = describeStop(stop, 'state');
	return { state: 'fail', reason: finding.message, findings: [finding], subject };
}
