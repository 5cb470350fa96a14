import { z } from 'zod';
import { defineCheck } from '../../define-check.ts';
import { stateOf, summariseFindings } from '../../outcome/state-of.ts';
import { readAssets } from '../../page/read-assets.ts';
import { readPage, resolvePath } from '../../page/read-page.ts';
import { pathParam } from '../../params.ts';
import { redactUrl } from '../../probe/redact.ts';
import { isHashed, nameServer } from '../http.caching/judge-caching.ts';
import { findNetwork, judgeCdn, type ServedAnswer } from './judge-cdn.ts';

export const httpCdn = defineCheck({
	id: 'http.cdn',
	title: 'Files come from near the visitor',
	question: 'Who served the page and its files: a CDN, from its cache, or the server itself?',
	explains:
		'Reads who served the page and its files from their headers (Vercel, Cloudflare, CloudFront, Netlify, Fastly, Fly, Akamai, Bunny; Age and the cache’s own status). It is advice. ok: a CDN with files in its cache, or none, which is said. warn: a CDN that has none of the files which it may keep for good. It has no fail: a slow page is http.latency’s question. unknown: the page cannot be read.',
	requires: [],
	needs: ['http.redirects', 'http.status'],
	params: z.object({ path: pathParam('/', 'Path of the page to look at') }),
	deadlineMs: 9800,
	run: async (context, { path }) => {
		const subject = redactUrl(resolvePath(context.service.url, path));
		const [chain, read] = await Promise.all([readPage(context, path), readAssets(context, path)]);
		if (chain.end.kind !== 'answered')
			return {
				state: 'unknown',
				reason: `${path} gives no answer that would say who served it`,
				enable: 'holdfast check http.status',
				subject,
			};
		const answers: readonly ServedAnswer[] = [
			{ path, hashed: false, headers: chain.end.response.headers },
			...(read.kind === 'no-page' ? [] : read.fetched).flatMap(({ asset, result }) =>
				result.kind === 'response' && result.status === 200
					? [{ path: new URL(asset.url).pathname, hashed: isHashed(new URL(asset.url).pathname), headers: result.headers }]
					: [],
			),
		];
		const findings = judgeCdn(answers);
		const network = answers.flatMap(({ headers }) => findNetwork(headers) ?? [])[0];
		return {
			state: stateOf(findings),
			reason: findings.length > 0 ? summariseFindings(findings) : `${network} serves ${path} and ${answers.length - 1} files`,
			findings,
			subject,
			evidence: [
				{
					title: 'Who served what',
					kind: 'table',
					body: answers
						.slice(0, 40)
						.map((answer) => `${answer.path}  ${nameServer(answer.headers) ?? 'the server does not say'}`)
						.join('\n'),
				},
			],
		};
	},
});
