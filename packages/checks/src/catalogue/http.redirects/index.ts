import { z } from 'zod';
import type { CheckContext } from '../../contract.ts';
import { defineCheck } from '../../define-check.ts';
import { describeFailure } from '../../outcome/describe-failure.ts';
import { stateOf, summariseFindings } from '../../outcome/state-of.ts';
import { type Chain, followRedirects } from '../../page/follow-redirects.ts';
import { readPage, resolvePath } from '../../page/read-page.ts';
import { pathParam } from '../../params.ts';
import { redactUrl } from '../../probe/redact.ts';
import { findSelfLoop, judgeChain } from './judge-chain.ts';

export const httpRedirects = defineCheck({
	id: 'http.redirects',
	title: 'Redirects end',
	question: 'Where do redirects lead, and do they end?',
	explains:
		'Follows redirects by hand as a browser would, with its cookies, up to 20, and says who sends each (server, via). ok: no redirect, or the chain ends in an answer. warn: it leaves https or leads to a host that is not the service’s (not followed). fail: a circle, more than 20, a target that does not answer, or a private or metadata address. A circle between http and https, or an https address that redirects to itself where a second path (/holdfast-probe-scheme) does the same, is named as such: a proxy that ends TLS without forwarding the scheme. Redirects made by scripts or meta elements are not seen.',
	requires: [],
	needs: ['net.tcp', 'net.tls'],
	inherits: ['path'],
	params: z.object({ path: pathParam('/', 'Path to begin at') }),
	deadlineMs: 9500,
	run: async (context, { path }) => {
		const chain = await readPage(context, path);
		const subject = resolvePath(context.service.url, path);
		if (chain.end.kind === 'failure' && chain.end.failure.says === 'unknown') return describeFailure(chain.end.failure, subject);
		if (chain.end.kind === 'failure' && chain.hops.length === 0) return describeFailure(chain.end.failure, subject);
		if (chain.end.kind === 'refused' && chain.hops.length === 0) {
			return {
				state: 'unknown',
				reason: chain.end.refusal.reason,
				...(chain.end.refusal.fix === undefined ? {} : { enable: chain.end.refusal.fix }),
				subject,
			};
		}
		const findings = judgeChain(chain, await loopsEverywhere(context, findSelfLoop(chain)));
		const redirectCount = chain.hops.filter((hop) => hop.next !== null).length;
		return {
			state: stateOf(findings),
			reason: findings.length > 0 ? summariseFindings(findings) : describeGood(chain, redirectCount),
			findings,
			subject: redactUrl(subject),
			measurements: [{ name: 'redirects', value: redirectCount, unit: 'count' }],
			evidence: redirectCount === 0 ? [] : [{ title: 'Redirect chain', kind: 'chain', body: showChain(chain) }],
		};
	},
});

/** No application has it, and no rule is about it; only one that is about all paths answers for it. */
const unrelatedPath = '/holdfast-probe-scheme';

/** Whether an unrelated path of the same origin redirects to itself as well: what a rule about the scheme does, and hardly another. */
async function loopsEverywhere({ service, http, fact }: CheckContext, selfLoop: string | null): Promise<boolean> {
	if (selfLoop === null) return false;
	const url = new URL(unrelatedPath, selfLoop).href;
	const { end } = await fact(`page:${url}`, (signal) => followRedirects(http, url, service, signal));
	return end.kind === 'loop' && end.cycle.length === 1 && end.cycle[0] === url;
}

function describeGood(chain: Chain, redirectCount: number): string {
	const status = chain.end.kind === 'answered' ? chain.end.response.status : 0;
	const path = new URL(chain.start).pathname;
	if (redirectCount === 0) return `${path} answers ${status} without a redirect`;
	return `${path} ends at ${redactUrl(chain.hops.at(-1)?.url ?? chain.start)} with ${status} after ${redirectCount} ${redirectCount === 1 ? 'redirect' : 'redirects'}`;
}

function showChain({ hops }: Chain): string {
	return hops
		.map(({ url, response, next }, index) => {
			const who = ['server', 'via', 'x-powered-by', 'x-vercel-id', 'cf-ray'].flatMap((name) =>
				response.headers[name] === undefined ? [] : [`${name}: ${response.headers[name]}`],
			);
			const cookies =
				response.setCookies.length > 0
					? [`sets ${response.setCookies.length} ${response.setCookies.length === 1 ? 'cookie' : 'cookies'}`]
					: [];
			const notes = [...who, ...cookies].join('; ');
			return `${index + 1}  ${redactUrl(url)}  ${response.status}${next === null ? '' : ` → ${redactUrl(next)}`}${notes === '' ? '' : `  (${notes})`}`;
		})
		.join('\n');
}
