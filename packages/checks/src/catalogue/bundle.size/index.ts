import { gzipSync } from 'node:zlib';
import { z } from 'zod';
import type { CheckContext, Outcome } from '../../contract.ts';
import { defineCheck } from '../../define-check.ts';
import { formatBytes } from '../../outcome/show-response.ts';
import { stateOf, summariseFindings } from '../../outcome/state-of.ts';
import { readAssets } from '../../page/read-assets.ts';
import { readBuild } from '../../page/read-build.ts';
import { listTargets } from '../../page/read-page.ts';
import { judgeBudget, judgeGrowth, type SizedRoute } from './judge-bundle.ts';

/** Routes that are remembered and shown. */
const mostRoutes = 40;

export const bundleSize = defineCheck({
	id: 'bundle.size',
	title: 'Pages need little JavaScript',
	question: 'How much JavaScript must a visitor’s browser have before a page works?',
	explains:
		'Adds up the compressed scripts of each route’s first load, from the build in the application’s folder (`checkout`), else from the scripts that `/` and the configured routes name. ok: within `budget` KiB, and not a fifth larger than before. warn: above the budget, or grown by a fifth and 20 KiB since the size before (history). fail: above twice the budget. unknown: neither can be read. The budget of 350 KiB is our own: on a phone of the middle price range about a second of work.',
	requires: ['`checkout` in holdfast.yaml for all routes'],
	needs: [],
	params: z.object({
		budget: z
			.int()
			.min(1)
			.max(100_000)
			.default(350)
			.meta({ description: 'Most JavaScript of a route, compressed, in KiB', example: 'budget=350' }),
	}),
	deadlineMs: 9800,
	run: async (context, { budget }): Promise<Outcome> => {
		const read = await readRoutes(context);
		if (read.kind === 'none') return { state: 'unknown', reason: read.reason, enable: read.enable };
		const { routes } = read;
		const grown = await Promise.all(
			routes.map(async (route) => judgeGrowth(route, (await context.history.readFact(`bundle:${route.route}`)) ?? [])),
		);
		const findings = [...routes.flatMap((route) => judgeBudget(route, budget * 1024) ?? []), ...grown.flatMap((finding) => finding ?? [])];
		const [largest] = routes;
		const well = `${routes.length === 1 ? 'The one route' : `All ${routes.length} routes`} within ${budget} KiB; most: ${largest?.route} with ${formatBytes(largest?.gzipBytes ?? 0)}`;
		return {
			state: stateOf(findings),
			reason: findings.length > 0 ? summariseFindings(findings) : `${well} (${read.source})`,
			findings,
			facts: routes.map(({ route, gzipBytes }) => ({ name: `bundle:${route}`, value: String(gzipBytes) })),
			measurements: [{ name: 'largest route', value: largest?.gzipBytes ?? 0, unit: 'bytes' }],
			evidence: [
				{
					title: `JavaScript of each route, compressed (${read.source})`,
					kind: 'table',
					body: routes
						.map(
							({ route, gzipBytes, files }) =>
								`${route}  ${formatBytes(gzipBytes)}  ${files.length} files, largest ${files[0]?.file ?? 'none'}`,
						)
						.join('\n'),
				},
			],
		};
	},
});

type ReadRoutes =
	| { readonly kind: 'routes'; readonly routes: readonly SizedRoute[]; readonly source: string }
	| { readonly kind: 'none'; readonly reason: string; readonly enable: string };

async function readRoutes(context: CheckContext): Promise<ReadRoutes> {
	const build = await readBuild(context);
	if (build.kind === 'answer' && build.value.routes.length > 0) {
		const routes = build.value.routes.toSorted((a, b) => b.gzipBytes - a.gzipBytes).slice(0, mostRoutes);
		return { kind: 'routes', routes, source: 'from the build' };
	}
	const pages = await Promise.all(listTargets(context, undefined).map(({ path }) => measurePage(context, path)));
	const routes = pages.flatMap((page) => page ?? []).toSorted((a, b) => b.gzipBytes - a.gzipBytes);
	if (routes.length > 0) return { kind: 'routes', routes, source: 'from the pages’ own scripts' };
	const reason = build.kind === 'no-answer' ? build.reason : 'The build in the folder does not say what its routes need';
	return {
		kind: 'none',
		reason: `${reason}; and no page with scripts could be read whole`,
		enable: (build.kind === 'no-answer' ? build.enable : undefined) ?? 'set `checkout` for the service in holdfast.yaml',
	};
}

/** @returns null where not every script came: a sum of some would say too little. */
async function measurePage(context: CheckContext, path: string): Promise<SizedRoute | null> {
	const read = await readAssets(context, path);
	if (read.kind === 'no-page' || read.doubt !== null || read.skipped > 0) return null;
	const scripts = read.fetched.filter(({ asset }) => asset.kind === 'script' && !asset.legacy);
	const files: { readonly file: string; readonly gzipBytes: number }[] = [];
	for (const { asset, result } of scripts) {
		if (result.kind === 'failure' || result.status !== 200 || result.cut !== null) return null;
		// Whether the server compresses is another check's question: what counts is what it would be.
		files.push({ file: new URL(asset.url).pathname, gzipBytes: gzipSync(result.body).length });
	}
	if (files.length === 0) return null;
	const sorted = files.toSorted((a, b) => b.gzipBytes - a.gzipBytes);
	return { route: path, gzipBytes: sorted.reduce((sum, { gzipBytes }) => sum + gzipBytes, 0), files: sorted };
}
