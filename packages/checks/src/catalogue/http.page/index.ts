import { z } from 'zod';
import type { CheckContext, Evidence, RouteTarget } from '../../contract.ts';
import { defineCheck } from '../../define-check.ts';
import { describeCut, showResponse } from '../../outcome/show-response.ts';
import { stateOf, summariseFindings, worstFinding } from '../../outcome/state-of.ts';
import { readHtml } from '../../page/read-html.ts';
import { listTargets, readPage, resolvePath } from '../../page/read-page.ts';
import { optionalPathParam } from '../../params.ts';
import { redactUrl } from '../../probe/redact.ts';
import { describeUnread, type JudgedPage, judgePage } from './judge-page.ts';

export const httpPage = defineCheck({
	id: 'http.page',
	title: 'The page shows something',
	question: 'Is there a page with content, or a blank or error page?',
	explains:
		'Reads the page’s HTML at the path, or at `/` and every configured route. ok: 200, HTML, visible text, the expected text where one is configured or given, as many list items as its route asks for (`list` counts the largest group of sibling li, tbody tr, article or role=listitem elements in the HTML as sent, outside nav, header, footer and aside), and no known error page of Next.js, Vercel, Cloudflare, Heroku, Netlify, Render or a proxy. warn: the HTML holds no text and leaves all of it to scripts, which this check does not run (http.assets looks at them). fail: empty, blank, an error page, the text missing, or the list too short. unknown: the page could not be read because its address may not be asked, or 429.',
	requires: ['`routes` with `text` or `list` in holdfast.yaml for pages whose content matters'],
	needs: ['http.redirects', 'http.status'],
	inherits: ['path'],
	params: z.object({
		path: optionalPathParam('Path of the page; without it `/` and the configured routes'),
		text: z
			.string()
			.min(1)
			.optional()
			.meta({ description: 'Text that must be visible; white space and case do not matter', example: 'text=Products' }),
	}),
	deadlineMs: 9500,
	run: async (context, { path, text }) => {
		const targets = listTargets(context, path);
		const judged = await Promise.all(targets.map((target) => lookAt(context, text === undefined ? target : { ...target, text })));
		const findings = judged.flatMap((page, index) => page.findings.map((finding) => ({ ...finding, at: targets[index]?.path ?? '/' })));
		// Of several paths the one that fails is the place of the fault.
		const subject = redactUrl(resolvePath(context.service.url, worstFinding(findings)?.at ?? targets[0]?.path ?? '/'));
		const evidence = judged.flatMap((page) => (page.findings.length > 0 && page.evidence !== null ? [page.evidence] : [])).slice(0, 3);
		const untold = judged.find((page) => page.unknown !== null)?.unknown ?? null;
		if (untold !== null && stateOf(findings) !== 'fail') return { state: 'unknown', ...untold, findings, evidence, subject };
		const described = judged
			.map((page) => page.description)
			.slice(0, 3)
			.join('; ');
		return { state: stateOf(findings), reason: findings.length > 0 ? summariseFindings(findings) : described, findings, evidence, subject };
	},
});

async function lookAt(context: CheckContext, target: RouteTarget): Promise<JudgedPage & { readonly evidence: Evidence | null }> {
	const chain = await readPage(context, target.path);
	if (chain.end.kind !== 'answered') return { ...describeUnread(chain, target.path), evidence: null };
	const { response } = chain.end;
	const evidence = showResponse(response);
	if (response.status === 429) {
		return {
			findings: [],
			unknown: {
				reason: `${target.path} answers 429: too many requests, so nothing can be said`,
				enable: 'wait a minute, or exempt the check’s address from the rate limit',
			},
			description: '',
			evidence,
		};
	}
	const cut = describeCut(response);
	const judged = judgePage(
		{
			path: target.path,
			status: response.status,
			contentType: response.headers['content-type'] ?? '',
			bodyBytes: response.body.length,
			content: readHtml(response.body.toString('utf8'), response.url),
		},
		target,
	);
	return { ...judged, findings: cut === null ? judged.findings : [cut, ...judged.findings], evidence };
}
