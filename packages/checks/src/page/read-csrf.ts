/** The answer of the CSRF endpoint to a new visitor, fetched once per run. */
import type { CheckContext } from '../contract.ts';
import { type CookieJar, createCookieJar } from '../probe/cookie-jar.ts';
import type { HttpResult } from '../probe/http-probe.ts';
import { resolvePath } from './read-page.ts';

export const defaultCsrfPath = '/api/csrf';

export interface CsrfAnswer {
	readonly url: string;
	readonly jar: CookieJar;
	readonly result: HttpResult;
}

/** @param visitor two visitors are two sessions. */
export function readCsrf(context: CheckContext, path: string, visitor: 'first' | 'second' = 'first'): Promise<CsrfAnswer> {
	return context.fact(`csrf:${visitor}:${path}`, async (signal) => {
		const url = resolvePath(context.service.url, path);
		const jar = createCookieJar();
		const result = await context.http.send({ url, jar, signal, headers: { accept: 'application/json', 'sec-fetch-site': 'same-origin' } });
		return { url, jar, result };
	});
}
