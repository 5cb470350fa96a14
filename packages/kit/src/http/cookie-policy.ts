import { optionError } from '../options/option-error.ts';
import { readRequestedOrigin } from './requested-origin.ts';

/** The application was opened where no safe cookie can live. A value to show to the visitor, not an exception. */
export interface InsecureOriginProblem {
	readonly kind: 'insecure-origin';
	/** Host of the plain http origin. */
	readonly host: string;
	/** One sentence: cause and what to do. */
	readonly message: string;
}

export type CookiePlace =
	| { readonly ok: true; readonly name: string; readonly secure: boolean }
	| { readonly ok: false; readonly problem: InsecureOriginProblem };

export interface CookiePolicy {
	/** Bare name, without prefix. */
	readonly name: string;
	/** The application is declared reachable by https only, whatever a proxy forwards. */
	readonly httpsOnly: boolean;
	readonly insecureHttp: boolean;
}

/**
 * Decides name and `Secure` of a cookie for this request: `__Host-` and Secure on https and on this machine;
 * on any other plain http origin nothing, unless `insecureHttp` asks for a bare name without Secure.
 * Reason: browsers drop Secure cookies that come over plain http without a word, and the visitor would be signed out again at once.
 */
export function placeCookie(request: Request, policy: CookiePolicy): CookiePlace {
	const origin = readRequestedOrigin(request);
	if (policy.httpsOnly || origin.scheme === 'https' || origin.loopback) return { ok: true, name: `__Host-${policy.name}`, secure: true };
	if (policy.insecureHttp) return { ok: true, name: policy.name, secure: false };
	const message =
		`Sign-in needs https: this page was opened over plain http at ${origin.hostname}, where browsers refuse secure cookies. ` +
		'Open it over https; if a proxy in front already speaks https, let it forward the scheme in x-forwarded-proto.';
	return { ok: false, problem: { kind: 'insecure-origin', host: origin.hostname, message } };
}

/** Checks a cookie name given as an option: a token of RFC 6265, without a prefix, because the kit chooses the prefix. */
export function checkCookieName(call: string, name: unknown): string {
	if (typeof name !== 'string' || !/^[A-Za-z0-9_.-]{1,64}$/.test(name) || /^__(host|secure)-/i.test(name)) {
		throw optionError(
			call,
			'cookieName',
			'1 to 64 letters, digits, dots, dashes or underscores, without the __Host- prefix (it is added)',
			name,
		);
	}
	return name;
}

/** Checks an origin given as an option, such as `https://shop.example`. A path, query or trailing slash is dropped. */
export function checkOrigin(call: string, option: string, value: unknown): string {
	if (typeof value === 'string' && URL.canParse(value)) {
		const url = new URL(value);
		if (url.protocol === 'https:' || url.protocol === 'http:') return url.origin;
	}
	throw optionError(call, option, 'an http or https origin, for example https://shop.example', value);
}
