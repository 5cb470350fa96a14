/** Where the application's Convex deployment is: as configured, else as built into the page's own scripts, else as the application says. */
import type { CheckContext } from '../contract.ts';
import { readAppView } from '../convex/read-app-view.ts';
import { readAssets } from './read-assets.ts';
import { readPage } from './read-page.ts';

export type ConvexUrl =
	| {
			readonly kind: 'found';
			readonly url: string /** For the words of a finding. */;
			readonly source: string;
			readonly configured: boolean;
	  }
	| { readonly kind: 'none'; readonly reason: string; readonly enable: string };

const enable = 'set `convex: {url: https://<name>.convex.cloud}` for the service in holdfast.yaml';
const builtIn = /https?:\/\/[a-z0-9.-]+\.convex\.(?:cloud|site)(?::\d+)?/gi;

/** A NEXT_PUBLIC_ value is part of the scripts that browsers load, so it can be read where it takes effect. */
export function readConvexUrl(context: CheckContext): Promise<ConvexUrl> {
	return context.fact('convex-url', async () => {
		const { convexUrl, convexUrlSource } = context.service;
		if (convexUrl !== undefined) return { kind: 'found', url: convexUrl, source: convexUrlSource ?? 'the configuration', configured: true };
		const found = await discover(context);
		if (found.kind === 'found') return found;
		const view = await readAppView(context);
		if (view.kind === 'unseen' || view.report.url === null) return found;
		return { kind: 'found', url: view.report.url, source: 'the running application', configured: false };
	});
}

async function discover(context: CheckContext): Promise<ConvexUrl> {
	const page = await readAssets(context, '/');
	if (page.kind === 'no-page')
		return { kind: 'none', reason: `No Convex URL is configured, and it could not be looked for: ${page.reason}`, enable };
	const chain = await readPage(context, '/');
	const html = chain.end.kind === 'answered' ? chain.end.response.body.toString('utf8') : '';
	const places = [
		{ name: `the HTML of ${new URL(page.pageUrl).pathname}`, text: html },
		...page.fetched.map(({ asset, result }) => ({
			name: new URL(asset.url).pathname,
			text: result.kind === 'response' ? result.body.toString('utf8') : '',
		})),
	];
	for (const place of places) {
		// The deployment's own URL before that of its HTTP actions, which stands beside it in many builds.
		const found = [...place.text.matchAll(builtIn)]
			.map(([url]) => url)
			.toSorted((a, b) => Number(/\.site/.test(a)) - Number(/\.site/.test(b)))[0];
		if (found !== undefined) return { kind: 'found', url: found, source: place.name, configured: false };
	}
	return {
		kind: 'none',
		reason: `No Convex URL is configured, and none is in the HTML or the ${page.fetched.length} scripts and styles of ${new URL(page.pageUrl).pathname}`,
		enable,
	};
}
