import { readCookies, writeCookie } from '../http/cookie-header.ts';
import { type CookiePolicy, checkCookieName, checkOrigin, type InsecureOriginProblem, placeCookie } from '../http/cookie-policy.ts';
import { logSeldom } from '../options/log-seldom.ts';
import { optionError } from '../options/option-error.ts';
import { type ConfigurationProblem, findSecretProblem } from '../secret/configuration-problem.ts';
import { PREVIOUS_LOG_MS, readPreviousSecret } from '../secret/previous-secret.ts';
import { isSameSecret } from '../secret/same-secret.ts';
import { issueToken, isTokenOf } from './csrf-token.ts';
import { judgeSource } from './judge-source.ts';

export interface CsrfOptions {
	/** Content of `CSRF_SECRET`; at least 32 characters. A wrong one is `problem`, not an exception. */
	readonly secret: string | undefined;
	/** Content of `CSRF_SECRET_PREVIOUS`: tokens under it are still accepted. An unusable one is left out: see `warnings`. */
	readonly previous?: string | undefined;
	/** Origins under which the application is used, for example `https://shop.example`. */
	readonly origin: string | readonly string[];
	/** Id of the visitor's session, null without one. Needed by the route handlers, which have no other way to know it. */
	readonly sessionId?: ((request: Request) => Promise<string | null> | string | null) | undefined;
	/** Without prefix; `csrf` when not given. */
	readonly cookieName?: string | undefined;
	/** Accept plain http on hosts that are not this machine. */
	readonly insecureHttp?: boolean | undefined;
	/** Refuse unsafe requests that say nothing about where they come from. True when not given. */
	readonly requireOrigin?: boolean | undefined;
	/** Where a configuration problem is written, at most once a minute, and a warning, at most once an hour; `console.error` when not given. */
	readonly log?: ((line: string) => void) | undefined;
}

export type CsrfIssue =
	| { readonly ok: true; readonly token: string; readonly setCookie: string }
	| { readonly ok: false; readonly problem: ConfigurationProblem | InsecureOriginProblem };

export type CsrfRefusal =
	| 'cross-site'
	| 'foreign-origin'
	| 'no-origin'
	| 'no-token'
	| 'no-cookie'
	| 'mismatch'
	| 'not-issued'
	| 'insecure-origin'
	| 'configuration';

/** `status` is what a handler answers with: 403 for a refused request, 500 while the secret cannot be worked with. */
export type CsrfVerdict =
	| { readonly ok: true }
	| { readonly ok: false; readonly status: 403 | 500; readonly code: CsrfRefusal; readonly message: string };

export interface Csrf {
	/** Names for forms and scripts. */
	readonly header: 'x-csrf-token';
	readonly field: 'csrf_token';
	/** Why no token can be issued; null when all is well. */
	readonly problem: ConfigurationProblem | null;
	/** What is wrong and does not keep tokens from working: a previous secret that is left out. */
	readonly warnings: readonly ConfigurationProblem[];
	/** The visitor's token if it is still good for this session, else a new one; `setCookie` is to be sent either way. */
	readonly issue: (request: Request, sessionId: string | null) => CsrfIssue;
	/** Judges an unsafe request. `presented`: the form field's value; the header when left out. Never reads the body. */
	readonly verify: (request: Request, sessionId: string | null, presented?: string | null) => CsrfVerdict;
	/** `GET /api/csrf`: `{"token","header","field"}` and the cookie. */
	readonly GET: (request: Request) => Promise<Response>;
	/** `POST /api/csrf`: 204 when the presented token is accepted, 403 when not; nothing is changed by it. */
	readonly POST: (request: Request) => Promise<Response>;
}

const HEADER = 'x-csrf-token';
const FIELD = 'csrf_token';
const COOKIE_SECONDS = 12 * 3600;

/**
 * Signed double submit, bound to the session: the token travels in a readable `__Host-` cookie and must come back in a header or a field.
 * Two secrets may be in use during a rotation. Throws a TypeError for wrong options, at start; a wrong secret is `problem`.
 */
export function createCsrf(options: CsrfOptions): Csrf {
	const call = 'createCsrf';
	if (options.secret !== undefined && typeof options.secret !== 'string') throw optionError(call, 'secret', 'a string', options.secret);
	if (options.sessionId !== undefined && typeof options.sessionId !== 'function')
		throw optionError(call, 'sessionId', 'a function', options.sessionId);
	const origins = [options.origin].flat().map((origin) => checkOrigin(call, 'origin', origin));
	if (origins.length === 0) throw optionError(call, 'origin', 'at least one origin, for example https://shop.example', options.origin);
	const policy: CookiePolicy = {
		name: checkCookieName(call, options.cookieName ?? 'csrf'),
		httpsOnly: origins.every((origin) => origin.startsWith('https:')),
		insecureHttp: options.insecureHttp === true,
	};
	const secret = options.secret ?? '';
	const problem = findSecretProblem('CSRF_SECRET', options.secret);
	const previous = readPreviousSecret('CSRF_SECRET_PREVIOUS', options.previous);
	const secrets = [secret, ...previous.secrets];
	const requireOrigin = options.requireOrigin !== false;
	const write = options.log ?? ((line: string) => console.error(line));
	const log = logSeldom(write);
	const logPrevious = logSeldom(write, PREVIOUS_LOG_MS);
	const warn = (): void => {
		for (const warning of previous.warnings) logPrevious(`csrf: the previous secret is left out: ${warning.message}`);
	};

	const issue = (request: Request, sessionId: string | null): CsrfIssue => {
		if (problem !== null) {
			log(`csrf: no token can be issued: ${problem.message}`);
			return { ok: false, problem };
		}
		warn();
		const place = placeCookie(request, policy);
		if (!place.ok) return place;
		const held = readCookies(request.headers.get('cookie'), place.name).find((token) => isTokenOf(token, sessionId ?? '', [secret]));
		const token = held ?? issueToken(secret, sessionId ?? '');
		return {
			ok: true,
			token,
			setCookie: writeCookie(place.name, token, { secure: place.secure, httpOnly: false, sameSite: 'Lax', maxAge: COOKIE_SECONDS }),
		};
	};

	const verify = (request: Request, sessionId: string | null, presented?: string | null): CsrfVerdict => {
		if (problem !== null) {
			log(`csrf: no token can be verified: ${problem.message}`);
			return {
				ok: false,
				status: 500,
				code: 'configuration',
				message: 'Tokens cannot be verified: the configuration of this application is not valid.',
			};
		}
		warn();
		const place = placeCookie(request, policy);
		if (!place.ok) return refuse('insecure-origin', place.problem.message);
		const source = judgeSource(request, origins, requireOrigin);
		if (!source.ok) return refuse(source.code, source.message);
		const token = presented ?? request.headers.get(HEADER);
		if (token === null || token === '')
			return refuse('no-token', `No token came with the request; expected it in the header ${HEADER} or the field ${FIELD}.`);
		const cookies = readCookies(request.headers.get('cookie'), place.name);
		if (cookies.length === 0)
			return refuse('no-cookie', 'The token came without its cookie; load the page again, and allow cookies for this site.');
		if (!cookies.some((cookie) => isSameSecret(token, cookie)))
			return refuse('mismatch', 'The token is not the one in the cookie; load the page again.');
		if (!isTokenOf(token, sessionId ?? '', secrets)) {
			return refuse(
				'not-issued',
				'The token was not issued for this session, or under a secret that is no longer in use; load the page again.',
			);
		}
		return { ok: true };
	};

	const findSession = async (request: Request): Promise<string | null> => (await options.sessionId?.(request)) ?? null;

	return {
		header: HEADER,
		field: FIELD,
		problem,
		warnings: previous.warnings,
		issue,
		verify,
		GET: (request) =>
			neverThrow(async () => {
				const issued = issue(request, await findSession(request));
				if (issued.ok) return json(200, { token: issued.token, header: HEADER, field: FIELD }, issued.setCookie);
				if (issued.problem.kind === 'insecure-origin') return json(403, { error: 'insecure-origin', message: issued.problem.message });
				return json(500, {
					error: 'configuration',
					message: 'No token can be issued: the configuration of this application is not valid.',
				});
			}),
		POST: (request) =>
			neverThrow(async () => {
				const verdict = verify(request, await findSession(request));
				if (verdict.ok) return new Response(null, { status: 204, headers: answerHeaders() });
				return json(verdict.status, { error: verdict.code, message: verdict.message });
			}),
	};

	async function neverThrow(work: () => Promise<Response>): Promise<Response> {
		try {
			return await work();
		} catch (cause) {
			log(`csrf: the route failed: ${cause instanceof Error ? cause.name : 'unknown error'}`);
			return json(500, { error: 'internal', message: 'The request could not be handled.' });
		}
	}
}

function refuse(code: CsrfRefusal, message: string): CsrfVerdict {
	return { ok: false, status: 403, code, message };
}

function json(status: number, body: unknown, setCookie?: string): Response {
	const headers = answerHeaders();
	headers.set('content-type', 'application/json');
	if (setCookie !== undefined) headers.append('set-cookie', setCookie);
	return new Response(JSON.stringify(body), { status, headers });
}

function answerHeaders(): Headers {
	return new Headers({ 'cache-control': 'no-store', vary: 'Cookie, Origin, Sec-Fetch-Site' });
}
