import { isLoopbackHost } from '../http/loopback-host.ts';

export type SourceVerdict =
	| { readonly ok: true }
	| { readonly ok: false; readonly code: 'cross-site' | 'foreign-origin' | 'no-origin'; readonly message: string };

/**
 * Judges where an unsafe request comes from, before any token is looked at (OWASP CSRF cheat sheet, 2026):
 * `Sec-Fetch-Site` must not say cross-site; `Origin`, else `Referer`, must name one of the application's own origins;
 * where a browser sends neither, `Sec-Fetch-Site: same-origin` is enough, and nothing at all is refused unless `requireOrigin` is off.
 */
export function judgeSource(request: Request, origins: readonly string[], requireOrigin: boolean): SourceVerdict {
	const site = request.headers.get('sec-fetch-site');
	if (site === 'cross-site') return refuse('cross-site', 'The browser says that another site sent this request.');

	const origin = request.headers.get('origin') ?? refererOrigin(request);
	if (origin !== null) {
		if (origins.includes(origin) || isOwnLoopback(request, origin, origins)) return { ok: true };
		return refuse('foreign-origin', `The request comes from ${shown(origin)}; expected ${origins.join(' or ')}.`);
	}
	if (site === 'same-origin' || !requireOrigin) return { ok: true };
	return refuse('no-origin', `The request names no origin; expected an Origin header with ${origins.join(' or ')}.`);
}

/**
 * An application configured for this machine may be opened under any of its names (`localhost`, `127.0.0.1`) and through a local proxy's
 * port. Accepted when the origin is exactly the host that was asked for: no outside page can have such an origin.
 */
function isOwnLoopback(request: Request, origin: string, origins: readonly string[]): boolean {
	if (!URL.canParse(origin)) return false;
	const from = new URL(origin);
	const asked = request.headers.get('x-forwarded-host') ?? request.headers.get('host');
	return isLoopbackHost(from.hostname) && from.host === asked && origins.some((own) => isLoopbackHost(new URL(own).hostname));
}

function refererOrigin(request: Request): string | null {
	const referer = request.headers.get('referer');
	if (referer === null || referer === '') return null;
	return URL.canParse(referer) ? new URL(referer).origin : 'null';
}

// What a stranger sent is not repeated in full: it may be long, or made to look like something else in a log.
function shown(origin: string): string {
	return URL.canParse(origin) && origin.length <= 100 ? new URL(origin).origin : 'an opaque origin';
}

function refuse(code: 'cross-site' | 'foreign-origin' | 'no-origin', message: string): SourceVerdict {
	return { ok: false, code, message };
}
