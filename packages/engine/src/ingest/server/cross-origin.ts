import type { IncomingMessage } from 'node:http';
import type { IngestService } from '../ports.ts';
import { BROWSER_ROUTES, type ProjectRoute } from './match-route.ts';

/** What SDKs may send: https://develop.sentry.dev/sdk/foundations/transport/authentication/#http-headers */
const ALLOWED_HEADERS = 'content-type, content-encoding, x-sentry-auth, x-requested-with, authorization, authentication, accept';
/** Without this a browser hides from its SDK for how long to stop. */
const EXPOSED_HEADERS = 'X-Sentry-Error, X-Sentry-Rate-Limits, Retry-After';

export type OriginVerdict = { readonly ok: true; readonly headers: Readonly<Record<string, string>> } | { readonly ok: false };

/**
 * Whether a browser may send from where it is, and the headers that let it read the answer (https://fetch.spec.whatwg.org/#http-cors-protocol). The origin is named
 * rather than `*`, and credentials are allowed, because `sendBeacon` always sends with credentials; none are read here. Without an `Origin` it is no browser's.
 */
export function judgeOrigin({ headers }: IncomingMessage, service: IngestService, route: ProjectRoute): OriginVerdict {
	const { origin } = headers;
	if (origin === undefined || !BROWSER_ROUTES.has(route)) return { ok: true, headers: {} };
	if (service.origins !== null && !service.origins.includes(origin)) return { ok: false };
	return {
		ok: true,
		headers: {
			'Access-Control-Allow-Origin': origin,
			'Access-Control-Allow-Credentials': 'true',
			'Access-Control-Expose-Headers': EXPOSED_HEADERS,
			Vary: 'Origin',
		},
	};
}

/** Headers of the answer to a preflight, besides those of every answer. */
export const PREFLIGHT_HEADERS: Readonly<Record<string, string>> = {
	'Access-Control-Allow-Methods': 'POST, OPTIONS',
	'Access-Control-Allow-Headers': ALLOWED_HEADERS,
	'Access-Control-Max-Age': '7200',
};
