import { z } from 'zod';
import type { CheckContext, Evidence, Finding } from '../../contract.ts';
import { defineCheck } from '../../define-check.ts';
import { describeFailure } from '../../outcome/describe-failure.ts';
import { showResponse } from '../../outcome/show-response.ts';
import { stateOf, summariseFindings, worstFinding } from '../../outcome/state-of.ts';
import type { Chain } from '../../page/follow-redirects.ts';
import { listTargets, readPage, resolvePath } from '../../page/read-page.ts';
import { optionalPathParam } from '../../params.ts';
import { redactUrl } from '../../probe/redact.ts';

interface Judged {
	readonly path: string;
	readonly finding: Finding | null;
	/** Why nothing can be said about this path. */
	readonly unknown: { readonly reason: string; readonly enable?: string } | null;
	readonly evidence: Evidence | null;
	readonly status: number | null;
}

export const httpStatus = defineCheck({
	id: 'http.status',
	title: 'Pages answer without an error status',
	question: 'Do the pages answer 200, or with a server error?',
	explains:
		'Requests the path, or `/` and every configured route, follows redirects, and looks at the last status. ok: 2xx (or the status asked for). fail: 5xx, 4xx, no answer, redirects without end. warn: 401 or 403, which may be meant. unknown: 429, or the address may not be asked.',
	requires: [],
	needs: ['net.tcp', 'net.tls', 'http.redirects'],
	inherits: ['path'],
	params: z.object({
		path: optionalPathParam('Path to request; without it `/` and the configured routes'),
		status: z
			.int()
			.min(100)
			.max(599)
			.optional()
			.meta({ description: 'The status that is right; without it any 2xx', example: 'status=200' }),
	}),
	deadlineMs: 9500,
	run: async (context, { path, status }) => {
		const targets = listTargets(context, path);
		const judged = await Promise.all(targets.map((target) => judgePath(context, target.path, status)));
		const findings = judged.flatMap(({ finding, path: at }) => (finding === null ? [] : [{ ...finding, at }]));
		// Of several paths the one that fails is the place of the fault.
		const subject = redactUrl(resolvePath(context.service.url, worstFinding(findings)?.at ?? targets[0]?.path ?? '/'));
		const untold = judged.find((item) => item.unknown !== null)?.unknown ?? null;
		const evidence = judged.flatMap((item) => (item.finding !== null && item.evidence !== null ? [item.evidence] : [])).slice(0, 3);
		if (stateOf(findings) !== 'fail' && untold !== null) {
			return {
				state: 'unknown',
				reason: untold.reason,
				...(untold.enable === undefined ? {} : { enable: untold.enable }),
				findings,
				evidence,
				subject,
			};
		}
		return {
			state: stateOf(findings),
			reason: findings.length > 0 ? summariseFindings(findings) : describeGood(judged),
			findings,
			evidence,
			subject,
		};
	},
});

async function judgePath(context: CheckContext, path: string, wanted: number | undefined): Promise<Judged> {
	const chain = await readPage(context, path);
	const nothing = { path, finding: null, unknown: null, evidence: null, status: null };
	if (chain.end.kind !== 'answered') return { ...nothing, ...judgeBrokenChain(chain, path) };
	const { response } = chain.end;
	const where = new URL(response.url).pathname === path ? path : `${path} (at ${new URL(response.url).pathname})`;
	if (response.status === 429 && wanted !== 429) {
		return {
			...nothing,
			unknown: {
				reason: `${where} answers 429: too many requests, so nothing can be said`,
				enable: 'wait a minute, or exempt the check’s address from the rate limit',
			},
		};
	}
	const finding = judgeStatus(response.status, where, wanted);
	return { ...nothing, status: response.status, finding, evidence: finding === null ? null : showResponse(response) };
}

function judgeBrokenChain({ end }: Chain, path: string): Partial<Judged> {
	switch (end.kind) {
		case 'answered':
			return {};
		case 'failure': {
			const outcome = describeFailure(end.failure, end.url);
			if (outcome.state === 'unknown')
				return { unknown: { reason: outcome.reason, ...(outcome.enable === undefined ? {} : { enable: outcome.enable }) } };
			return { finding: outcome.findings?.[0] ?? null };
		}
		case 'refused':
			return { unknown: { reason: end.refusal.reason, ...(end.refusal.fix === undefined ? {} : { enable: end.refusal.fix }) } };
		case 'loop':
		case 'too-many':
			return {
				finding: {
					code: 'status.redirect-loop',
					severity: 'fail',
					message: `${path} never answers: its redirects do not end`,
					fix: 'holdfast check http.redirects shows the chain',
				},
			};
		case 'no-location':
			return {
				finding: {
					code: 'status.bad-redirect',
					severity: 'fail',
					message: `${path} answers ${end.response.status} without a usable Location header`,
					fix: 'set the Location header where this redirect is made',
				},
			};
		default:
			return end satisfies never;
	}
}

/** @param wanted the status that is right; without it any 2xx. */
export function judgeStatus(status: number, where: string, wanted: number | undefined): Finding | null {
	if (wanted !== undefined) {
		if (status === wanted) return null;
		const code = status >= 500 ? 'status.server-error' : status >= 400 ? 'status.client-error' : 'status.unexpected';
		return {
			code,
			severity: 'fail',
			message: `${where} answers ${status}, expected ${wanted}`,
			fix: 'read the application’s log for this request',
		};
	}
	if (status >= 500)
		return {
			code: 'status.server-error',
			severity: 'fail',
			message: `${where} answers ${status}: a server error`,
			fix: 'read the application’s log for this request',
		};
	if (status === 401 || status === 403)
		return {
			code: 'status.refused',
			severity: 'warn',
			message: `${where} answers ${status}: it wants someone signed in, or blocks this check`,
			fix: 'name public routes in `routes`, or give `status=` what is right',
		};
	if (status >= 400)
		return {
			code: 'status.client-error',
			severity: 'fail',
			message: `${where} answers ${status}`,
			fix: 'correct the path, or look at whether the release holds this route',
		};
	if (status < 200 || status >= 300)
		return {
			code: 'status.unexpected',
			severity: 'warn',
			message: `${where} answers ${status}, which is no page`,
			fix: 'give `status=` what is right',
		};
	return null;
}

function describeGood(judged: readonly Judged[]): string {
	if (judged.length === 1) return `${judged[0]?.path} answers ${judged[0]?.status}`;
	return `${judged.length} paths answer 2xx: ${judged
		.slice(0, 4)
		.map((item) => item.path)
		.join(', ')}${judged.length > 4 ? ', …' : ''}`;
}
