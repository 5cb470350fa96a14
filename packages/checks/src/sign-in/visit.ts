/** Requests as one visitor with one jar, redirects followed by hand as browsers do. */
import type { CheckContext } from '../contract.ts';
import type { CookieJar } from '../probe/cookie-jar.ts';
import type { ProbeFailure } from '../probe/failure.ts';
import type { HttpResponse } from '../probe/http-probe.ts';
import { checkTarget } from '../probe/target.ts';

export interface Visit {
	/** Answers in order, the last one the end; empty when nothing came. */
	readonly hops: readonly HttpResponse[];
	readonly last: HttpResponse | null;
	readonly failure: ProbeFailure | null;
	/** It would have gone on: more redirects than are followed, or to a host where checks do not go. */
	readonly stopped: 'too-many' | 'elsewhere' | null;
}

const mostHops = 10;
const redirects = new Set([301, 302, 303, 307, 308]);

/** @param form body to post first; it is posted once and never repeated to another address. */
export async function visit(
	{ http, service }: Pick<CheckContext, 'http' | 'service'>,
	start: { readonly url: string; readonly jar: CookieJar; readonly headers?: Readonly<Record<string, string>>; readonly form?: string },
	signal: AbortSignal,
): Promise<Visit> {
	const hops: HttpResponse[] = [];
	let url = start.url;
	let form = start.form;
	for (;;) {
		const result = await http.send({
			url,
			jar: start.jar,
			signal,
			method: form === undefined ? 'GET' : 'POST',
			...(form === undefined ? {} : { body: form }),
			headers: {
				accept: 'text/html,application/xhtml+xml,*/*;q=0.8',
				'sec-fetch-site': 'same-origin',
				'sec-fetch-mode': 'navigate',
				...(form === undefined ? {} : start.headers),
			},
		});
		if (result.kind === 'failure') return { hops, last: hops.at(-1) ?? null, failure: result, stopped: null };
		hops.push(result);
		const end = (stopped: Visit['stopped']): Visit => ({ hops, last: result, failure: null, stopped });
		const location = result.headers.location;
		if (!redirects.has(result.status) || location === undefined || !URL.canParse(location, url)) return end(null);
		if (hops.length > mostHops) return end('too-many');
		const next = new URL(location, url);
		next.hash = '';
		if (!checkTarget(next.href, service).ok) return end('elsewhere');
		// After a post browsers go on with GET, except for 307 and 308: a password is not sent to a second address.
		if (form !== undefined && (result.status === 307 || result.status === 308)) return end('elsewhere');
		form = undefined;
		url = next.href;
	}
}
