import { z } from 'zod';
import type { Outcome } from '../../contract.ts';
import { defineCheck } from '../../define-check.ts';
import { readConvexUrl } from '../../page/read-convex-url.ts';
import { redactUrl } from '../../probe/redact.ts';
import { checkTarget } from '../../probe/target.ts';
import { type NoAnswerCode, readReach, type VendorVerdict } from '../../vendors.ts';
import { judgeConvexUrl } from '../convex.url/judge-convex-url.ts';

export const convexReachable = defineCheck({
	id: 'convex.reachable',
	title: 'The Convex deployment answers',
	question: 'Is the Convex deployment up, seen from here?',
	explains:
		'Asks the deployment for its version, which any visitor may. ok: it answers. warn: it takes longer than `warn`. fail: nothing answers there, the name does not exist, or something that is no Convex deployment answers. unknown: the URL is not known or of the wrong form, this machine has no way out, the TLS handshake fails (a certificate that is not trusted says nothing about what lies behind it), or it answers 401, 403 or 429. A paused deployment answers as well: only functions tell that.',
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
		const found = await readConvexUrl(context);
		if (found.kind === 'none') return { state: 'unknown', reason: found.reason, enable: found.enable };
		if (judgeConvexUrl(found.url, found.source).some((finding) => finding.severity === 'fail')) {
			return {
				state: 'unknown',
				reason: 'The Convex URL is of the wrong form, so there is nothing to ask',
				enable: 'holdfast check convex.url',
			};
		}
		const verdict = checkTarget(found.url, { ...context.service, vendorHosts: [new URL(found.url).hostname] });
		const subject = redactUrl(found.url);
		if (!verdict.ok)
			return { state: 'unknown', reason: verdict.reason, ...(verdict.fix === undefined ? {} : { enable: verdict.fix }), subject };
		const answer = await context.vendors.convex.readVersion(verdict.url.origin, context.signal, readReach(context.service));
		return { ...judgeAnswer(answer, verdict.url.host, warn), subject };
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

/** Which silence says something about the deployment itself; the others leave it open. */
function isDown(code: NoAnswerCode | undefined): boolean {
	switch (code) {
		case 'timeout':
		case 'network':
		case 'not-found':
		case 'server-error':
		case 'redirected':
		case 'bad-response':
		case 'too-large':
			return true;
		// A certificate that is not trusted here keeps us from asking; whether the deployment is up stays open.
		case 'tls':
		case 'aborted':
		case 'offline':
		case 'unauthorized':
		case 'forbidden':
		case 'rate-limited':
		case 'refused':
		case 'not-configured':
		case undefined:
			return false;
		default:
			return code satisfies never;
	}
}
