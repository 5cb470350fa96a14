import { z } from 'zod';
import type { Outcome } from '../../contract.ts';
import { isDown } from '../../convex/describe-silence.ts';
import { readDeployment } from '../../convex/read-deployment.ts';
import { defineCheck } from '../../define-check.ts';
import { stateOf, summariseFindings } from '../../outcome/state-of.ts';
import { pathParam } from '../../params.ts';
import { redactText, redactUrl } from '../../probe/redact.ts';
import { type ActionVerdict, judgeAction } from './judge-action.ts';

export const convexHealth = defineCheck({
	id: 'convex.health',
	title: 'The health HTTP action of Convex answers',
	question: 'Do the deployment’s HTTP actions answer, and say that they are well?',
	explains:
		'Requests the application’s own HTTP action for health at the deployment’s site URL. ok: 2xx, and a `status` in its JSON, where there is one, of ok, pass or up. warn: slower than `warn`. fail: nothing answers, 5xx (also of a paused deployment), another status or an empty body. unknown: the deployment has no such action (then the question does not arise), 401, 403, 429.',
	requires: ['an HTTP action such as `GET /health` in convex/http.ts; `convex: {siteUrl: …}` where it cannot be derived from the URL'],
	needs: ['convex.reachable', 'convex.state'],
	params: z.object({
		path: pathParam('/health', 'Path of the HTTP action'),
		warn: z
			.int()
			.min(1)
			.max(60_000)
			.default(2000)
			.meta({ description: 'Longest time that counts as well, in milliseconds', example: 'warn=2000' }),
	}),
	deadlineMs: 9000,
	run: async (context, { path, warn }): Promise<Outcome> => {
		const deployment = await readDeployment(context);
		if (deployment.kind === 'none') return deployment.outcome;
		const siteUrl = context.service.convexSiteUrl ?? null;
		const answer = await context.vendors.convex.readHttpAction(deployment.target, { siteUrl, path }, context.signal);
		if (answer.kind === 'no-answer') {
			const { code, reason, enable } = answer;
			if (code === 'not-found')
				return { ...describeAbsent(`The deployment has no HTTP action at ${path} (404)`, path), subject: deployment.subject };
			if (!isDown(code)) return { state: 'unknown', reason, ...(enable === undefined ? {} : { enable }), subject: deployment.subject };
			const finding = {
				code: `convex.health-${code ?? 'no-answer'}`,
				severity: 'fail' as const,
				message: reason,
				fix: 'look at the site URL (`convex: {siteUrl: …}`) and at the deployment in the Convex dashboard',
			};
			return { state: 'fail', reason, findings: [finding], subject: deployment.subject };
		}
		const { status, body, durationMs, url } = answer.value;
		const measured = {
			subject: redactUrl(url),
			measurements: [{ name: 'total', value: durationMs, unit: 'ms' as const }],
			evidence: [
				{
					title: `Answer of ${path}`,
					kind: 'text' as const,
					body: `${status}\n${redactText(body.slice(0, 600))}`,
					...(body.length > 600 ? { truncated: true } : {}),
				},
			],
		};
		return { ...measured, ...describeVerdict(judgeAction(answer.value, path, warn), path, durationMs) };
	},
});

function describeVerdict(verdict: ActionVerdict, path: string, durationMs: number): Outcome {
	switch (verdict.kind) {
		case 'absent':
			return describeAbsent(verdict.reason, path);
		case 'open':
			return { state: 'unknown', reason: verdict.reason, enable: 'wait a minute, or let the action answer to everybody' };
		case 'findings': {
			const reason = verdict.findings.length > 0 ? summariseFindings(verdict.findings) : `${path} answers in ${Math.round(durationMs)} ms`;
			return { state: stateOf(verdict.findings), reason, findings: verdict.findings };
		}
		default:
			return verdict satisfies never;
	}
}

function describeAbsent(reason: string, path: string): Outcome {
	return {
		state: 'unknown',
		applicable: false,
		reason,
		enable: `add an HTTP action at ${path} to convex/http.ts that answers {"status":"ok"}, or give path=`,
	};
}
