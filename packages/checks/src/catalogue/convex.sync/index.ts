import { z } from 'zod';
import { hasQuery, queryParam } from '../../convex/call-probe.ts';
import { isDown } from '../../convex/describe-silence.ts';
import { readDeployment } from '../../convex/read-deployment.ts';
import { waitAtMost } from '../../convex/wait-at-most.ts';
import { defineCheck } from '../../define-check.ts';
import { stateOf, summariseFindings } from '../../outcome/state-of.ts';
import type { NoAnswerCode } from '../../vendors.ts';
import { judgeSync } from './judge-sync.ts';

/** Opening the WebSocket needs no permission: whoever answers it with these is not the deployment. */
const refusesUpgrade: ReadonlySet<NoAnswerCode | undefined> = new Set([
	'forbidden',
	'unauthorized',
	'not-found',
	'redirected',
	'bad-response',
	'server-error',
]);

export const convexSync = defineCheck({
	id: 'convex.sync',
	title: 'Live updates from Convex work',
	question: 'Does the WebSocket open, and does the first result come over it?',
	explains:
		'Opens the sync WebSocket as a browser does, subscribes to one public query and waits for its first result. ok: it opens and a result comes. warn: later than `warn`. fail: it does not open (blocked by a proxy, for example, while plain HTTP works), nothing comes over it, or a query that exists gives an error. unknown: the way is missing on this side, or it answers 401, 403, 429.',
	requires: ['`convex: {url: …}` in holdfast.yaml where the page does not name it'],
	needs: ['convex.reachable', 'convex.state'],
	params: z.object({
		query: queryParam(),
		warn: z
			.int()
			.min(1)
			.max(60_000)
			.default(3000)
			.meta({ description: 'Longest time until the first result that counts as well, in milliseconds', example: 'warn=3000' }),
	}),
	deadlineMs: 9500,
	run: async (context, { query: wanted, warn }) => {
		const deployment = await readDeployment(context);
		if (deployment.kind === 'none') return deployment.outcome;
		// Whether it exists is worth a short wait: without it the subscription is to a query that exists nowhere, and proves as much.
		const query = (await waitAtMost(2000, hasQuery(context, wanted), null)) === true ? wanted : null;
		const answer = await context.vendors.convex.probeSync(deployment.target, query, context.signal);
		const { subject } = deployment;
		if (answer.kind === 'no-answer') {
			const { code, reason, enable } = answer;
			if (!isDown(code) && !refusesUpgrade.has(code))
				return { state: 'unknown', reason, ...(enable === undefined ? {} : { enable }), subject };
			const finding = {
				code: 'sync.no-open',
				severity: 'fail' as const,
				message: reason,
				fix: 'look at proxies and firewalls between that do not let WebSockets through',
			};
			return { state: 'fail', reason, findings: [finding], subject };
		}
		const sync = answer.value;
		const findings = judgeSync(sync, query, warn);
		const measurements = [
			{ name: 'open', value: sync.openMs, unit: 'ms' as const },
			...(sync.firstTransitionMs === null ? [] : [{ name: 'first result', value: sync.firstTransitionMs, unit: 'ms' as const }]),
		];
		const good = `The WebSocket opens in ${Math.round(sync.openMs)} ms, and the first result comes after ${Math.round(sync.firstTransitionMs ?? 0)} ms`;
		return { state: stateOf(findings), reason: findings.length > 0 ? summariseFindings(findings) : good, findings, measurements, subject };
	},
});
