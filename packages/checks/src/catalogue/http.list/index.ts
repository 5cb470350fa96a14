import { z } from 'zod';
import type { CheckContext, Finding, Outcome } from '../../contract.ts';
import { defineCheck } from '../../define-check.ts';
import { describeFailure } from '../../outcome/describe-failure.ts';
import { describeCut, showResponse } from '../../outcome/show-response.ts';
import { readPage, resolvePath } from '../../page/read-page.ts';
import { optionalPathParam } from '../../params.ts';
import { redactUrl } from '../../probe/redact.ts';
import { countItems } from './count-items.ts';

export const httpList = defineCheck({
	id: 'http.list',
	title: 'A list holds what it should',
	question: 'Does the page or interface list as many items as it must?',
	explains:
		'Reads the path, or the first configured route with `list`, and counts: of JSON the array, or the array in `items`, `data`, `results`, `page` or the first field that has one; of HTML the largest group of sibling li, tbody tr, article or role=listitem elements in the page as sent. ok: at least `min` (without it what the route’s `list` asks for, else 1). fail: none, fewer, an error, or no list at all. unknown: no path is known, 401, 403 or 429, or it may not be asked.',
	requires: ['a route with `list` in holdfast.yaml, or path='],
	needs: ['http.redirects', 'http.status'],
	inherits: ['path'],
	params: z.object({
		path: optionalPathParam('Path of the list; without it the first configured route with `list`'),
		min: z.int().min(1).max(100_000).optional().meta({ description: 'Fewest items', example: 'min=1' }),
	}),
	deadlineMs: 9500,
	run: async (context, params): Promise<Outcome> => {
		const target = findTarget(context, params.path);
		if (target === null)
			return {
				state: 'unknown',
				applicable: params.path !== undefined,
				reason: 'It is not known which page lists something',
				enable: 'give a route its `list` in holdfast.yaml, or path=',
			};
		const { path } = target;
		const min = params.min ?? target.list ?? 1;
		const subject = redactUrl(resolvePath(context.service.url, path));
		const chain = await readPage(context, path);
		if (chain.end.kind === 'failure') return describeFailure(chain.end.failure, chain.end.url);
		if (chain.end.kind !== 'answered')
			return {
				state: 'unknown',
				reason: `${path} gives no answer that could be counted`,
				enable: `holdfast check http.redirects path=${path}`,
				subject,
			};
		const { response } = chain.end;
		const evidence = [showResponse(response)];
		const fail = (finding: Finding): Outcome => ({ state: 'fail', reason: finding.message, findings: [finding], evidence, subject });
		if (response.status === 429 || response.status === 401 || response.status === 403)
			return {
				state: 'unknown',
				reason: `${path} answers ${response.status}, so its list cannot be counted`,
				enable:
					response.status === 429
						? 'wait a minute, or exempt the check’s address from the rate limit'
						: 'give the path of a list that needs no sign-in',
				subject,
			};
		const broken = (message: string): Outcome =>
			fail({
				code: 'list.unreadable',
				severity: 'fail',
				message,
				fix: 'look at the application’s log, and whether its data can be reached',
				at: path,
			});
		if (response.status >= 400) return broken(`${path} answers ${response.status} instead of a list`);
		const cut = describeCut(response);
		if (cut !== null) return fail({ ...cut, at: path });
		const counted = countItems(response.body.toString('utf8'), response.headers['content-type'] ?? '', response.url);
		if (counted.kind === 'unreadable') return broken(`The answer of ${path} ${counted.reason}`);
		const measurements = [{ name: 'items', value: counted.items, unit: 'count' as const }];
		if (counted.items >= min)
			return {
				state: 'ok',
				reason: `${path} lists ${counted.items} items (${counted.what}), at least ${min} are expected`,
				measurements,
				subject,
			};
		const empty = counted.items === 0;
		return {
			...fail({
				code: empty ? 'list.empty' : 'list.short',
				severity: 'fail',
				message: empty
					? `${path} lists nothing (${counted.what}); at least ${min} are expected`
					: `${path} lists ${counted.items} (${counted.what}); at least ${min} are expected`,
				fix: 'look whether the data is there, and whether the application reaches it: holdfast check convex.reachable',
				at: path,
			}),
			measurements,
		};
	},
});

function findTarget({ service }: CheckContext, path: string | undefined): { readonly path: string; readonly list?: number } | null {
	if (path !== undefined) return service.routes.find((route) => route.path === path) ?? { path };
	return service.routes.find((route) => route.list !== undefined) ?? null;
}
