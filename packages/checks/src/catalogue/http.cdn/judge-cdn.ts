/** Who served an answer, by its headers. Pure. */
import type { Finding } from '../../contract.ts';

type Headers = Readonly<Record<string, string>>;

export interface ServedAnswer {
	readonly path: string;
	/** The name holds a hash, so that it may be kept for good. */
	readonly hashed: boolean;
	readonly headers: Headers;
}

/** Headers that only one network sends, and how each tells of its cache. */
const networks: readonly { readonly name: string; readonly is: (headers: Headers) => boolean }[] = [
	{ name: 'Vercel', is: (headers) => headers['x-vercel-id'] !== undefined || headers['x-vercel-cache'] !== undefined },
	{ name: 'Cloudflare', is: (headers) => headers['cf-ray'] !== undefined },
	{ name: 'CloudFront', is: (headers) => headers['x-amz-cf-id'] !== undefined },
	{ name: 'Netlify', is: (headers) => headers['x-nf-request-id'] !== undefined },
	{ name: 'Fastly', is: (headers) => /cache-/.test(headers['x-served-by'] ?? '') },
	{ name: 'Fly', is: (headers) => headers['fly-request-id'] !== undefined },
	{ name: 'Akamai', is: (headers) => headers['akamai-grn'] !== undefined || /akamai/i.test(headers.server ?? '') },
	{ name: 'Bunny', is: (headers) => headers['cdn-pullzone'] !== undefined },
];

const statusHeaders = ['cf-cache-status', 'x-vercel-cache', 'cdn-cache', 'x-cache', 'cache-status', 'x-cache-status'];

/** @returns the network's name; null where none is recognised. */
export function findNetwork(headers: Headers): string | null {
	return networks.find(({ is }) => is(headers))?.name ?? null;
}

/** @returns whether it came from a cache; null where nothing says so. */
export function readCacheHit(headers: Headers): boolean | null {
	const status = statusHeaders.flatMap((name) => headers[name] ?? [])[0];
	if (status !== undefined && /hit|stale|revalidated/i.test(status)) return true;
	if (Number(headers.age ?? 0) > 0) return true;
	return status === undefined ? null : false;
}

/** Notes and warnings only: an application without a CDN is well. */
export function judgeCdn(answers: readonly ServedAnswer[]): readonly Finding[] {
	const network = answers.flatMap(({ headers }) => findNetwork(headers) ?? [])[0] ?? null;
	if (network === null)
		return [
			{
				code: 'cdn.none',
				severity: 'info',
				message: 'No CDN is recognised: every file comes from the server itself',
				fix: 'put a CDN in front of the application if visitors are far from it',
			},
		];
	const kept = answers.filter(({ hashed }) => hashed);
	const missed = kept.filter(({ headers }) => readCacheHit(headers) === false);
	if (kept.length < 2 || missed.length < kept.length) return [];
	return [
		{
			code: 'cdn.not-cached',
			severity: 'warn',
			message: `${network} has none of ${kept.length} files in its cache that it may keep for good: each is fetched from the server`,
			fix: 'send Cache-Control: public, max-age=31536000, immutable with them, and look at the CDN’s rules; right after a release this passes by itself',
		},
	];
}
