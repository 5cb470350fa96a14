import type { ConvexTarget, VendorVerdict } from '@holdfast/checks/vendors';
import { askVendor } from '../http/ask-vendor.ts';
import { showText } from '../http/shown-text.ts';
import { type ConvexOptions, readOrigin, refuseUrl } from './client.ts';

/** Asks an HTTP action of the application. Every status is an answer, but a redirect's. */
export async function readHttpAction(
	target: ConvexTarget,
	{ siteUrl, path }: { readonly siteUrl: string | null; readonly path: string },
	options: ConvexOptions,
	signal: AbortSignal,
): Promise<VendorVerdict<{ readonly status: number; readonly body: string; readonly durationMs: number; readonly url: string }>> {
	const base = siteUrl === null ? deriveSiteUrl(target.url) : readBase(siteUrl);
	if (base === null) return refuseUrl();
	const url = `${base}${path.startsWith('/') ? path : `/${path}`}`;
	const asked = await askVendor({
		...options,
		reach: target.reach ?? options.reach,
		name: 'The HTTP actions of the Convex deployment',
		url,
		signal,
		maxBytes: 64 * 1024,
		accept: 'application/json, */*;q=0.5',
		statuses: 'answer',
	});
	if (asked.kind === 'no-answer') return asked;
	return {
		kind: 'answer',
		value: { status: asked.status, body: showText(asked.text, 4000), durationMs: asked.durationMs, url: url.split('?')[0] ?? url },
	};
}

/**
 * `https://<name>[.<region>].convex.cloud` has its actions at `.convex.site`, the self-hosted default 3210 at 3211; everywhere else
 * the backend itself serves them below `/http`.
 */
export function deriveSiteUrl(url: string): string | null {
	const origin = readOrigin(url);
	if (origin === null) return null;
	const { protocol, hostname, port } = new URL(origin);
	if (hostname.endsWith('.convex.cloud')) return `${protocol}//${hostname.replace(/\.convex\.cloud$/, '.convex.site')}`;
	return port === '3210' ? `${protocol}//${hostname}:3211` : `${origin}/http`;
}

function readBase(siteUrl: string): string | null {
	const origin = readOrigin(siteUrl);
	return origin === null ? null : `${origin}${new URL(siteUrl).pathname.replace(/\/+$/, '')}`;
}
