/** Follows redirects by hand, with the cookies a browser would keep; every hop passes the target check first. */
import { classifyAddress, readLiteralAddress } from '../probe/addresses.ts';
import { type CookieJar, createCookieJar } from '../probe/cookie-jar.ts';
import type { ProbeFailure } from '../probe/failure.ts';
import type { HttpProbe, HttpResponse } from '../probe/http-probe.ts';
import { checkTarget, type Refusal, type TargetPolicy } from '../probe/target.ts';

export interface Hop {
	readonly url: string;
	readonly response: HttpResponse;
	/** Absolute URL it redirects to; null for the last one. */
	readonly next: string | null;
}

export type ChainEnd =
	/** `jar`: the cookies of the way, so that the last URL can be asked again as the same visitor. */
	| { readonly kind: 'answered'; readonly response: HttpResponse; readonly jar: CookieJar }
	/** `cycle`: the URLs that repeat, in order. */
	| { readonly kind: 'loop'; readonly cycle: readonly string[] }
	| { readonly kind: 'too-many'; readonly limit: number }
	/** A redirect to a place where checks do not go; `unsafe`: private or metadata, in contrast to merely another host. */
	| { readonly kind: 'refused'; readonly url: string; readonly refusal: Refusal; readonly unsafe: boolean }
	| { readonly kind: 'failure'; readonly url: string; readonly failure: ProbeFailure }
	| { readonly kind: 'no-location'; readonly response: HttpResponse };

export interface Chain {
	readonly start: string;
	readonly hops: readonly Hop[];
	readonly end: ChainEnd;
}

/** As browsers do (Fetch standard, https://fetch.spec.whatwg.org/#http-redirect-fetch: 20). */
export const maxHops = 20;
const redirectStatuses = new Set([301, 302, 303, 307, 308]);

export async function followRedirects(http: HttpProbe, start: string, policy: TargetPolicy, signal: AbortSignal): Promise<Chain> {
	const jar = createCookieJar();
	const hops: Hop[] = [];
	const visits: string[] = [];
	let url = start;
	for (;;) {
		// The same URL with other cookies is another question: setting a cookie and coming back is no loop.
		const visit = `${url}\n${jar.header(url)}`;
		const earlier = visits.indexOf(visit);
		if (earlier >= 0) return { start, hops, end: { kind: 'loop', cycle: hops.slice(earlier).map((hop) => hop.url) } };
		if (hops.length > maxHops) return { start, hops, end: { kind: 'too-many', limit: maxHops } };
		visits.push(visit);

		const response = await http.send({ url, jar, signal, headers: { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' } });
		if (response.kind === 'failure') return { start, hops, end: describeStop(url, response) };
		if (!redirectStatuses.has(response.status)) {
			return { start, hops: [...hops, { url, response, next: null }], end: { kind: 'answered', response, jar } };
		}
		const location = response.headers.location;
		if (location === undefined || !URL.canParse(location, url)) {
			return { start, hops: [...hops, { url, response, next: null }], end: { kind: 'no-location', response } };
		}
		const next = withoutFragment(new URL(location, url));
		hops.push({ url, response, next });
		const verdict = checkTarget(next, policy);
		if (!verdict.ok) return { start, hops, end: { kind: 'refused', url: next, refusal: verdict, unsafe: isUnsafe(next, verdict) } };
		url = next;
	}
}

function describeStop(url: string, failure: ProbeFailure): ChainEnd {
	if (failure.code !== 'target.private' && failure.code !== 'target.metadata') return { kind: 'failure', url, failure };
	return {
		kind: 'refused',
		url,
		refusal: { ok: false, code: failure.code, reason: failure.reason, ...(failure.fix === undefined ? {} : { fix: failure.fix }) },
		unsafe: true,
	};
}

function isUnsafe(url: string, refusal: Refusal): boolean {
	if (refusal.code === 'target.metadata' || refusal.code === 'target.private') return true;
	const literal = readLiteralAddress(new URL(url).hostname);
	return literal !== null && classifyAddress(literal) !== 'public';
}

function withoutFragment(url: URL): string {
	url.hash = '';
	return url.href;
}
