import { checkOrigin } from '../http/cookie-policy.ts';
import { readRequestedOrigin } from '../http/requested-origin.ts';
import { type PolicyOptions, preparePolicy } from './content-policy.ts';
import { commonHeaders } from './file-headers.ts';

export interface HeadersOptions extends PolicyOptions {
	/**
	 * The origin under which the application is used. When it is https, browsers are told to use https only, whatever a proxy forwards and even on
	 * this machine, where that holds for every port. Without it that is told by the request's scheme, and never on this machine.
	 */
	readonly origin?: string | undefined;
}

export interface PageHeaders {
	/** For this request only: 128 bits. */
	readonly nonce: string;
	readonly policy: string;
	/** Names in lower case, to be set on the response. The policy must be on the request too: Next reads the nonce from there. */
	readonly headers: Readonly<Record<string, string>>;
}

/** Two years, as Mozilla recommends (https://developer.mozilla.org/en-US/docs/Web/Security/Practical_implementation_guides/TLS). */
const STRICT_TRANSPORT = 'max-age=63072000; includeSubDomains';

/**
 * Gives a function that makes the headers of one page, by the table of Mozilla's HTTP Observatory. It reads of the request only scheme and host:
 * Strict-Transport-Security must not be sent over plain http (RFC 6797, section 7.2). Works in Next's Edge runtime too.
 * Throws a TypeError for wrong options, at start.
 */
export function createHeaders(options: HeadersOptions = {}): (request: Request) => PageHeaders {
	const declared = options.origin === undefined ? null : checkOrigin('createHeaders', 'origin', options.origin);
	const writePolicy = preparePolicy(options);
	const promisesHttps = (request: Request): boolean => {
		if (options.development === true) return false;
		if (declared?.startsWith('https:')) return true;
		const asked = readRequestedOrigin(request);
		return asked.scheme === 'https' && !asked.loopback;
	};
	return (request) => {
		const nonce = makeNonce();
		const policy = writePolicy(nonce);
		return {
			nonce,
			policy,
			headers: {
				'content-security-policy': policy,
				...commonHeaders,
				...(promisesHttps(request) ? { 'strict-transport-security': STRICT_TRANSPORT } : {}),
			},
		};
	};
}

function makeNonce(): string {
	return btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16))));
}
