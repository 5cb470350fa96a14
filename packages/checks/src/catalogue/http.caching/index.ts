import { z } from 'zod';
import { defineCheck } from '../../define-check.ts';
import { stateOf, summariseFindings } from '../../outcome/state-of.ts';
import { readAssets } from '../../page/read-assets.ts';
import { readPage, resolvePath } from '../../page/read-page.ts';
import { pathParam } from '../../params.ts';
import { redactText, redactUrl } from '../../probe/redact.ts';
import { type CachedAnswer, isHashed, judgeCaching, nameServer, readLifetime } from './judge-caching.ts';

export const httpCaching = defineCheck({
	id: 'http.caching',
	title: 'Files are cached and compressed',
	question: 'Are pages and files kept, checked again and compressed as they should be?',
	explains:
		'Looks at the headers of the page and of its scripts and styles. ok: files with a hash in their name may be kept for a day or longer, others can be checked again, text is compressed. warn: one of these is missing, or an answer that sets a cookie may be kept. fail: an answer that sets a cookie may be kept by shared caches. Evidence shows who served each (Age, X-Cache and their like). unknown: the page or one of its own files could not be looked at.',
	requires: [],
	needs: ['http.redirects', 'http.status'],
	params: z.object({ path: pathParam('/', 'Path of the page to look at') }),
	deadlineMs: 9800,
	run: async (context, { path }) => {
		const subject = redactUrl(resolvePath(context.service.url, path));
		const [chain, read] = await Promise.all([readPage(context, path), readAssets(context, path)]);
		if (chain.end.kind !== 'answered' || chain.end.response.status >= 400)
			return {
				state: 'unknown',
				reason: `${path} gives no page whose caching could be looked at`,
				enable: 'holdfast check http.status',
				subject,
			};
		const { response } = chain.end;
		const answers: readonly CachedAnswer[] = [
			{ path, kind: 'page', headers: response.headers, setsCookie: response.setCookies.length > 0, size: response.body.length },
			...(read.kind === 'no-page' ? [] : read.fetched).flatMap(({ asset, result }) =>
				result.kind === 'response' && result.status === 200
					? [
							{
								path: new URL(asset.url).pathname,
								kind: asset.kind,
								headers: result.headers,
								setsCookie: result.setCookies.length > 0,
								size: result.body.length,
							},
						]
					: [],
			),
		];
		const findings = judgeCaching(answers);
		const unseen = read.kind === 'no-page' ? 0 : read.fetched.length + read.skipped - (answers.length - 1);
		if (stateOf(findings) !== 'fail' && (read.kind === 'no-page' || unseen > 0)) {
			const all = answers.length - 1 + unseen;
			return {
				state: 'unknown',
				reason:
					read.kind === 'no-page'
						? `${read.reason}, so the caching of its files cannot be looked at`
						: `${unseen} of ${all} scripts and styles of ${path} could not be looked at`,
				enable: `holdfast check http.assets path=${path}`,
				findings,
				subject,
				evidence: [{ title: 'Caching', kind: 'table', body: answers.map(showAnswer).join('\n') }],
			};
		}
		const hashed = answers.filter((answer) => answer.kind !== 'page' && isHashed(answer.path)).length;
		return {
			state: stateOf(findings),
			reason:
				findings.length > 0
					? summariseFindings(findings)
					: `${path} and its ${answers.length - 1} scripts and styles are cached and compressed as they should be (${hashed} for good)`,
			findings,
			subject,
			measurements: [{ name: 'files', value: answers.length - 1, unit: 'count' }],
			evidence: [{ title: 'Caching', kind: 'table', body: answers.map(showAnswer).join('\n') }],
		};
	},
});

function showAnswer(answer: CachedAnswer): string {
	const { headers } = answer;
	return redactText(
		`${answer.path}  ${headers['cache-control'] ?? 'no Cache-Control'} (${readLifetime(headers)} s)  ${headers['content-encoding'] ?? 'uncompressed'}  ${nameServer(headers) ?? ''}`.trim(),
	);
}
