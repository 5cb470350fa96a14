import { randomBytes } from 'node:crypto';
import { optionError } from '../options/option-error.ts';

export interface HeadersOptions {
	/** Origin of the Convex deployment, http or https; its WebSocket origin is allowed with it. */
	readonly convexUrl?: string | undefined;
	/** Further origins that scripts of the page may talk to, for example the one of Sentry's DSN. */
	readonly connect?: readonly string[] | undefined;
	/** Origins of pictures beside the application's own. */
	readonly images?: readonly string[] | undefined;
	/** True while developing: Next's development server needs eval and a WebSocket of its own. */
	readonly development?: boolean | undefined;
}

export interface PageHeaders {
	/** For this request only. */
	readonly nonce: string;
	readonly policy: string;
	/** Names in lower case, to be set on the response. The policy must be on the request too: Next reads the nonce from there. */
	readonly headers: Readonly<Record<string, string>>;
}

/**
 * Headers by Mozilla's HTTP Observatory table. Style attributes stay allowed, since Next writes them.
 * Throws a TypeError for wrong options, at start.
 */
export function createHeaders(options: HeadersOptions = {}): () => PageHeaders {
	const development = options.development === true;
	const connect = [
		...(options.convexUrl === undefined ? [] : withSocket(readOrigin('convexUrl', options.convexUrl))),
		...(options.connect ?? []).map((origin) => readOrigin('connect', origin)),
	];
	const images = (options.images ?? []).map((origin) => readOrigin('images', origin));
	const before = "default-src 'none'; script-src ";
	const after = [
		development ? " 'strict-dynamic' 'unsafe-eval'" : " 'strict-dynamic'",
		"style-src 'self' 'unsafe-inline'",
		["img-src 'self' data: blob:", ...images].join(' '),
		"font-src 'self'",
		["connect-src 'self'", ...(development ? ['ws:'] : []), ...connect].join(' '),
		"manifest-src 'self'",
		"worker-src 'self'",
		"form-action 'self'",
		"base-uri 'none'",
		"frame-ancestors 'none'",
	].join('; ');
	return () => {
		const nonce = randomBytes(16).toString('base64');
		const policy = `${before}'nonce-${nonce}'${after}`;
		return {
			nonce,
			policy,
			headers: {
				'content-security-policy': policy,
				'strict-transport-security': 'max-age=63072000; includeSubDomains',
				'x-content-type-options': 'nosniff',
				'x-frame-options': 'DENY',
				'referrer-policy': 'strict-origin-when-cross-origin',
				'cross-origin-opener-policy': 'same-origin',
				'cross-origin-resource-policy': 'same-origin',
				'permissions-policy': 'camera=(), geolocation=(), microphone=()',
			},
		};
	};
}

function readOrigin(name: string, value: unknown): string {
	const url = typeof value === 'string' && URL.canParse(value) ? new URL(value) : null;
	if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:'))
		throw optionError('createHeaders', name, 'an http or https origin, for example https://shop.example', value);
	return url.origin;
}

function withSocket(origin: string): string[] {
	return [origin, origin.replace(/^http/, 'ws')];
}
