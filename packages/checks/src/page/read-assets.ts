/** The scripts and styles that a page loads, fetched once per run. */
import type { CheckContext, ServiceTarget } from '../contract.ts';
import type { HttpResult } from '../probe/http-probe.ts';
import { isAllowedHost } from '../probe/target.ts';
import { type PageAsset, type PageContent, readHtml } from './read-html.ts';
import { readPage } from './read-page.ts';

export interface FetchedAsset {
	readonly asset: PageAsset;
	readonly result: HttpResult;
}

export type PageAssets =
	| {
			readonly kind: 'read';
			readonly page: PageContent;
			readonly pageUrl: string;
			/** Why the page's list of files may be short or another page's: it was cut, or is an error page; null when it is whole. */
			readonly doubt: string | null;
			readonly fetched: readonly FetchedAsset[];
			/** On hosts that are not the service's: not looked at. */
			readonly elsewhere: readonly PageAsset[];
			/** Beyond the bounds on their number. */
			readonly skipped: number;
	  }
	/** The page itself did not come: why. */
	| { readonly kind: 'no-page'; readonly reason: string };

/** A page that needs more than these is looked at in part, and the answer says so. */
export const maxAssets = 60;
/** Most bytes of one file as sent: some scripts are larger than any page. What it unpacks to has the probe's own bound. */
export const maxAssetBytes = 8 * 1024 * 1024;
/** As many connections as a browser opens to one host over HTTP/1.1. */
const atOnce = 6;

export function readAssets(context: CheckContext, path: string): Promise<PageAssets> {
	return context.fact(`assets:${path}`, (signal) => fetchAssets(context, path, signal));
}

async function fetchAssets(context: CheckContext, path: string, signal: AbortSignal): Promise<PageAssets> {
	const chain = await readPage(context, path);
	if (chain.end.kind !== 'answered')
		return { kind: 'no-page', reason: `${path} could not be read: its redirects do not end in an answer, or nothing answers` };
	const { response } = chain.end;
	if (!/html/i.test(response.headers['content-type'] ?? '')) {
		return {
			kind: 'no-page',
			reason: `${path} answers ${response.status} with ${response.headers['content-type'] ?? 'no content type'}, not with an HTML page`,
		};
	}
	const page = readHtml(response.body.toString('utf8'), response.url);
	const { own, elsewhere } = partitionByHost(page.assets, context.service);
	const wanted = own.slice(0, maxAssets);
	const fetched = await fetchAll(wanted, async (asset) => ({
		asset,
		result: await context.http.send({
			url: asset.url,
			signal,
			headers: { accept: asset.kind === 'style' ? 'text/css,*/*;q=0.1' : '*/*' },
			maxBytes: maxAssetBytes,
		}),
	}));
	return {
		kind: 'read',
		page,
		pageUrl: response.url,
		doubt: findDoubt(path, response),
		fetched,
		elsewhere,
		skipped: own.length - wanted.length + page.uncountedAssets,
	};
}

function findDoubt(path: string, response: { readonly status: number; readonly cut: unknown }): string | null {
	if (response.status >= 400) return `${path} answers ${response.status}: the files of the page itself were not named`;
	return response.cut === null ? null : `${path} is longer than is read: it was cut before all its files could be listed`;
}

/** In one pass: a page may name thousands. */
function partitionByHost(
	assets: readonly PageAsset[],
	service: ServiceTarget,
): { readonly own: readonly PageAsset[]; readonly elsewhere: readonly PageAsset[] } {
	const own: PageAsset[] = [];
	const elsewhere: PageAsset[] = [];
	for (const asset of assets) (isAllowedHost(new URL(asset.url).hostname, service) ? own : elsewhere).push(asset);
	return { own, elsewhere };
}

/** Keeps order; at most `atOnce` at a time. */
async function fetchAll<In, Out>(items: readonly In[], work: (item: In) => Promise<Out>): Promise<readonly Out[]> {
	const results: Out[] = [];
	let next = 0;
	const worker = async (): Promise<void> => {
		for (let index = next++; index < items.length; index = next++) {
			const item = items[index];
			if (item !== undefined) results[index] = await work(item);
		}
	};
	await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, worker));
	return results;
}
