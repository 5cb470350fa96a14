import { z } from 'zod';
import type { Outcome } from '../../contract.ts';
import { isDown } from '../../convex/describe-silence.ts';
import { readAppView } from '../../convex/read-app-view.ts';
import { readDeployment } from '../../convex/read-deployment.ts';
import { defineCheck } from '../../define-check.ts';
import { readReach, type VendorVerdict } from '../../vendors.ts';
import { judgeSides } from './judge-sides.ts';

export const convexReachable = defineCheck({
	id: 'convex.reachable',
	title: 'The Convex deployment answers',
	question: 'Is the Convex deployment up, seen from here?',
	explains:
		'Asks the deployment for its version, which any visitor may, and reads from the kit’s report whether the application reaches it. ok: it answers. warn: it takes longer than `warn`. fail: nothing answers there, the name does not exist, something that is no Convex deployment answers, or only the application cannot reach it. unknown: the URL is not known or of the wrong form, this machine has no way out, the TLS handshake fails (a certificate that is not trusted says nothing about what lies behind it), or it answers 401, 403 or 429. A paused deployment answers as well: only functions tell that.',
	requires: ['`convex: {url: …}` in holdfast.yaml where the page does not name it'],
	needs: ['convex.url'],
	params: z.object({
		warn: z
			.int()
			.min(1)
			.max(60_000)
			.default(2000)
			.meta({ description: 'Longest time that counts as well, in milliseconds', example: 'warn=2000' }),
	}),
	deadlineMs: 9800,
	run: async (context, { warn }) => {
		const [deployment, view] = await Promise.all([readDeployment(context), readAppView(context)]);
		if (deployment.kind === 'none') return deployment.outcome;
		const { target, host, subject } = deployment;
		const answer = await context.vendors.convex.readVersion(target.url, context.signal, readReach(context.service));
		return { ...judgeSides(judgeAnswer(answer, host, warn), view, host), subject };
	},
});

export function judgeAnswer(
	answer: VendorVerdict<{ readonly version: string; readonly durationMs: number }>,
	host: string,
	warnMs: number,
): Outcome {
	if (answer.kind === 'no-answer') {
		if (!isDown(answer.code))
			return { state: 'unknown', reason: answer.reason, ...(answer.enable === undefined ? {} : { enable: answer.enable }) };
		const finding = {
			code: `convex.${answer.code ?? 'no-answer'}`,
			severity: 'fail' as const,
			message: answer.reason,
			fix: 'look at the deployment in the Convex dashboard and at status.convex.dev',
		};
		return { state: 'fail', reason: answer.reason, findings: [finding] };
	}
	const { version, durationMs } = answer.value;
	const measured = {
		measurements: [{ name: 'version', value: durationMs, unit: 'ms' as const }],
		evidence: [{ title: 'Version', kind: 'text' as const, body: version }],
	};
	if (durationMs > warnMs) {
		const message = `${host} takes ${Math.round(durationMs)} ms to say its version, more than ${warnMs} ms`;
		return {
			...measured,
			state: 'warn',
			reason: message,
			findings: [{ code: 'convex.slow', severity: 'warn', message, fix: 'look at the deployment’s load and at the network between' }],
		};
	}
	return { ...measured, state: 'ok', reason: `${host} answers in ${Math.round(durationMs)} ms` };
}
