import { z } from 'zod';
import type { CheckContext, Finding } from '../../contract.ts';
import { defineCheck } from '../../define-check.ts';
import { readKitReport } from '../../kit/read-kit-report.ts';
import { describeFailure } from '../../outcome/describe-failure.ts';
import { describeCut, showResponse } from '../../outcome/show-response.ts';
import { stateOf, summariseFindings } from '../../outcome/state-of.ts';
import { resolvePath } from '../../page/read-page.ts';
import { pathParam } from '../../params.ts';
import { redactUrl } from '../../probe/redact.ts';
import { judgeHealth } from './judge-health.ts';

export const httpHealth = defineCheck({
	id: 'http.health',
	title: 'The health endpoint answers',
	question: 'Does the application say of itself that it is well?',
	explains:
		'Requests the health route without following redirects. ok: the status and the JSON body are what is expected; without `expect` that is {"status":"ok"} or a health+json document with pass, ok or up. warn: it says warn, or answers more fields than expected (exact=true makes that fail, exact=false lets it pass). fail: another status or body, no JSON, no answer, a body that does not end, or the private report says that maintenance mode is on. unknown: 429.',
	requires: ['a health route; the kit’s `createHealth` gives one'],
	needs: ['net.tcp', 'net.tls'],
	params: z.object({
		path: pathParam('/api/health', 'Path of the health route'),
		status: z.int().min(100).max(599).default(200).meta({ description: 'The status expected', example: 'status=200' }),
		expect: z
			.string()
			.refine(isJson, 'expected JSON text such as {"status":"ok"}')
			.optional()
			.meta({ description: 'The body expected, as JSON text', example: 'expect="{\\"status\\":\\"ok\\"}"' }),
		exact: z
			.boolean()
			.optional()
			.meta({ description: 'Whether fields beyond `expect` fail (true) or pass (false); without it they warn', example: 'exact=true' }),
	}),
	deadlineMs: 9000,
	run: async (context, { path, status, expect, exact }) => {
		const url = resolvePath(context.service.url, path);
		const response = await context.http.send({
			url,
			signal: context.signal,
			headers: { accept: 'application/json, application/health+json' },
		});
		if (response.kind === 'failure') return describeFailure(response, url);
		const subject = redactUrl(url);
		const measured = {
			subject,
			evidence: [showResponse(response)],
			phases: response.phases,
			measurements: [{ name: 'total', value: response.durationMs, unit: 'ms' as const }],
		};
		if (response.status === 429 && status !== 429) {
			return {
				...measured,
				state: 'unknown',
				reason: `${path} answers 429: too many requests, so nothing can be said`,
				enable: 'wait a minute, or exempt the check’s address from the rate limit',
			};
		}
		const cut = describeCut(response);
		if (cut !== null) return { ...measured, state: 'fail', reason: cut.message, findings: [cut] };
		if (response.status >= 300 && response.status < 400) {
			const message = `${path} redirects (${response.status})${describeLocation(response.headers.location, url)} instead of answering`;
			return {
				...measured,
				state: 'fail',
				reason: message,
				findings: [
					{
						code: 'health.redirect',
						severity: 'fail',
						message,
						fix: 'let the health route answer itself; platforms do not follow redirects',
					},
				],
			};
		}
		const answer = {
			path,
			status: response.status,
			text: response.body.toString('utf8'),
			contentType: response.headers['content-type'] ?? '',
		};
		const judged = judgeHealth(answer, {
			status,
			...(expect === undefined ? {} : { expect }),
			...(exact === undefined ? {} : { exact }),
		});
		const findings = [...judged, ...(await judgeMaintenance(context))];
		const reason =
			findings.length > 0
				? summariseFindings(findings)
				: `${path} answers ${response.status} ${answer.text.slice(0, 60).trim()} in ${Math.round(response.durationMs)} ms`;
		return { ...measured, state: stateOf(findings), reason, findings };
	},
});

/** The public answer is "ok" in maintenance too: the process is well, and refuses every write on purpose. Only the private report says so. */
async function judgeMaintenance(context: CheckContext): Promise<readonly Finding[]> {
	const answer = await readKitReport(context);
	const maintenance = answer.kind === 'report' ? answer.report.holdfast.maintenance : undefined;
	if (maintenance?.on !== true) return [];
	const since = maintenance.since === null ? '' : ` since ${maintenance.since}`;
	return [
		{
			code: 'health.maintenance',
			severity: 'fail',
			message: `The application is in maintenance mode${since}: it refuses everything that writes, sign-in included, with 503`,
			fix: 'switch maintenance off where the work is done (`MAINTENANCE_MODE`, or the switch that the application reads)',
		},
	];
}

/** Where a redirect leads, in the middle of a sentence. What cannot be read is not repeated. */
function describeLocation(location: string | undefined, base: string): string {
	if (location === undefined) return ' without a Location header';
	return URL.canParse(location, base) ? ` to ${redactUrl(new URL(location, base).href)}` : ' with a Location header that is no URL';
}

function isJson(text: string): boolean {
	try {
		JSON.parse(text);
		return true;
	} catch {
		return false;
	}
}
