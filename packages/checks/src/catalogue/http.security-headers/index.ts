import { z } from 'zod';
import type { CheckContext, Finding } from '../../contract.ts';
import { defineCheck } from '../../define-check.ts';
import { followRedirects } from '../../page/follow-redirects.ts';
import { readHtml } from '../../page/read-html.ts';
import { readPage, resolvePath } from '../../page/read-page.ts';
import { readSetCookie } from '../../page/read-set-cookie.ts';
import { pathParam } from '../../params.ts';
import { redactUrl } from '../../probe/redact.ts';
import { type Grade, gradeHeaders } from './grade-headers.ts';
import type { JudgedResponse, PlainHttp } from './modifier.ts';

/** A name that can never be a site (RFC 2606), to ask as. */
const foreignOrigin = 'https://holdfast-probe.invalid';

export const httpSecurityHeaders = defineCheck({
	id: 'http.security-headers',
	title: 'Security headers are graded well',
	question: 'How well do the page’s headers guard its visitors?',
	explains:
		'Grades the answer by the table of Mozilla’s HTTP Observatory: 100 points, less for each gap, more for extras once 90 are reached. Each gap is a finding with its points and the fix. ok: at least `warn` points. warn: fewer. fail: fewer than `fail`. On plain http it says which points that costs and why; of this machine itself these rules are left out and only told. It is advice: it names no cause of an outage.',
	requires: [],
	needs: ['http.redirects', 'http.status'],
	params: z.object({
		path: pathParam('/', 'Path of the page whose headers are graded'),
		warn: z.int().min(0).max(145).default(70).meta({ description: 'Fewest points that count as well (70 is grade B)', example: 'warn=70' }),
		fail: z
			.int()
			.min(0)
			.max(145)
			.default(25)
			.meta({ description: 'Fewest points that are no failure (below 25 is grade F)', example: 'fail=25' }),
	}),
	deadlineMs: 9800,
	run: async (context, { path, warn, fail }) => {
		const subject = redactUrl(resolvePath(context.service.url, path));
		const [chain, foreign, plainHttp] = await Promise.all([readPage(context, path), askAsForeign(context, path), askPlainHttp(context)]);
		if (chain.end.kind !== 'answered')
			return {
				state: 'unknown',
				reason: `${path} gives no answer whose headers could be graded`,
				enable: 'holdfast check http.redirects',
				subject,
			};
		const { response } = chain.end;
		if (response.status >= 500 || response.status === 429)
			return {
				state: 'unknown',
				reason: `${path} answers ${response.status}; the headers of an error answer say nothing about the page`,
				enable: 'holdfast check http.status',
				subject,
			};
		const isHtml = /html/i.test(response.headers['content-type'] ?? '');
		const grade = gradeHeaders({
			url: new URL(response.url),
			headers: response.headers,
			cookies: chain.hops.flatMap((hop) => hop.response.setCookies).map(readSetCookie),
			page: isHtml ? readHtml(response.body.toString('utf8'), response.url) : null,
			foreign,
			plainHttp,
		});
		const findings = listFindings(grade);
		const gaps = findings.filter((finding) => finding.severity !== 'info').length;
		const state = grade.score < fail ? 'fail' : grade.score < warn ? 'warn' : 'ok';
		const worst = findings.find((finding) => finding.severity !== 'info');
		const note = describePlainHttp(grade);
		return {
			state,
			reason: `Grade ${grade.grade}, ${grade.score} of 100${worst === undefined ? '' : `: ${worst.message}${gaps > 1 ? ` (and ${gaps - 1} more)` : ''}`}${note}`,
			findings:
				state === 'fail'
					? findings.map((finding) => (finding.severity === 'warn' ? { ...finding, severity: 'fail' as const } : finding))
					: findings,
			subject,
			measurements: [{ name: 'score', value: grade.score, unit: 'score' }],
			evidence: [
				{
					title: 'Points',
					kind: 'table',
					body: grade.modifiers.map(({ points, message }) => `${points > 0 ? '+' : ''}${points}  ${message}`).join('\n'),
				},
			],
		};
	},
});

/** What plain http costs and why; on the machine itself it is only told, because there is no https to judge. */
function describePlainHttp({ plainHttpCosts, transportJudged }: Grade): string {
	if (plainHttpCosts.length === 0) return '';
	const points = plainHttpCosts.reduce((sum, cost) => sum - cost.points, 0);
	return transportJudged
		? `; plain http costs ${points} of the missing points: no Strict-Transport-Security, no redirect to https`
		: `; https rules left out on this machine itself: elsewhere plain http costs ${points} points (no Strict-Transport-Security, no redirect to https)`;
}

/** Extras are notes; where they do not count yet, the gaps in front of them say enough. */
function listFindings({ modifiers, plainHttpCosts, transportJudged }: Grade): readonly Finding[] {
	const untold = transportJudged
		? []
		: plainHttpCosts.map(({ code, points, message, fix }) => ({
				code,
				severity: 'info' as const,
				message: `${message} (${points} points where it is not this machine itself)`,
				...(fix === undefined ? {} : { fix }),
			}));
	const judged = modifiers
		.filter(({ points, fix }) => points !== 0 || fix !== undefined)
		.map(({ code, points, message, fix }) => ({
			code,
			severity: points < 0 ? ('warn' as const) : ('info' as const),
			message: `${message} (${points > 0 ? '+' : ''}${points} points)`,
			...(fix === undefined ? {} : { fix }),
		}));
	return [...judged, ...untold];
}

async function askAsForeign(context: CheckContext, path: string): Promise<JudgedResponse['foreign']> {
	const url = resolvePath(context.service.url, path);
	const result = await context.fact(`foreign:${path}`, (signal) => context.http.send({ url, signal, headers: { origin: foreignOrigin } }));
	return result.kind === 'response' ? { origin: foreignOrigin, headers: result.headers } : null;
}

/** Only where the service is on the default port is port 80 of its host its own. */
async function askPlainHttp(context: CheckContext): Promise<PlainHttp | null> {
	const url = new URL(context.service.url);
	if (url.protocol !== 'https:' || url.port !== '') return null;
	const chain = await context.fact('plain-http', (signal) => followRedirects(context.http, `http://${url.host}/`, context.service, signal));
	if (chain.hops.length === 0) return chain.end.kind === 'failure' && chain.end.failure.code === 'net.refused' ? { kind: 'closed' } : null;
	const targets = chain.hops.flatMap((hop) => (hop.next === null ? [] : [hop.next]));
	return targets.length === 0 ? { kind: 'answers' } : { kind: 'redirects', targets };
}
