/** Which host and port a network check looks at. */
import type { CheckContext } from '../contract.ts';
import { readConvexUrl } from '../page/read-convex-url.ts';

export type Endpoint =
	| { readonly kind: 'endpoint'; readonly host: string; readonly port: number; readonly secure: boolean }
	| { readonly kind: 'none'; readonly reason: string; readonly enable: string };

/** @param target parameter of the check: the application, or its Convex deployment. */
export async function findEndpoint(context: CheckContext, target: 'app' | 'convex'): Promise<Endpoint> {
	if (target === 'app') return readEndpoint(context.service.url);
	const found = await readConvexUrl(context);
	if (found.kind === 'none') return { kind: 'none', reason: found.reason, enable: found.enable };
	if (!URL.canParse(found.url)) return { kind: 'none', reason: 'The Convex URL cannot be read', enable: 'holdfast check convex.url' };
	return readEndpoint(found.url);
}

function readEndpoint(raw: string): Endpoint {
	const url = new URL(raw);
	const secure = url.protocol === 'https:';
	return { kind: 'endpoint', host: url.hostname.replace(/^\[|\]$/g, ''), port: Number(url.port) || (secure ? 443 : 80), secure };
}

/** @returns `shop.example:443`, `[::1]:3000`. */
export function nameEndpoint({ host, port }: { readonly host: string; readonly port: number }): string {
	return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}
