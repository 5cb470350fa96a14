import { checkOrigin } from '../http/cookie-policy.ts';
import { optionError } from '../options/option-error.ts';

export interface PolicyOptions {
	/** Origin of the Convex deployment, http or https; its WebSocket origin is allowed with it. */
	readonly convexUrl?: string | undefined;
	/** Further URLs that scripts of the page may talk to, for example Sentry's DSN: only the origin is taken, a key in it stays out of the policy. */
	readonly connect?: readonly string[] | undefined;
	/** Where pictures may come from beside the application itself: origins, `data:`, `blob:`. `['data:', 'blob:']` when not given. */
	readonly images?: readonly string[] | undefined;
	/**
	 * Styles beside the application's own files and style elements with the nonce. `attributes` when not given: style attributes, which next/image
	 * and React's `style` write. `none`: no attributes either. `all`: style elements without a nonce too, as Next's own 404 page and some libraries write.
	 */
	readonly inlineStyles?: 'none' | 'attributes' | 'all' | undefined;
	/** True while developing: Next's development server needs eval, inline styles and a WebSocket of its own. */
	readonly development?: boolean | undefined;
}

/**
 * Checks the options once and gives a function that writes the policy for a nonce. Scripts run when they carry the nonce or are loaded by one that
 * does; browsers without `strict-dynamic` (CSP level 2) keep to the nonce and the application's own files. Throws a TypeError for wrong options.
 */
export function preparePolicy(options: PolicyOptions): (nonce: string) => string {
	const development = options.development === true;
	const inlineStyles = development ? 'all' : (options.inlineStyles ?? 'attributes');
	if (!['none', 'attributes', 'all'].includes(inlineStyles))
		throw optionError('createHeaders', 'inlineStyles', 'none, attributes or all', inlineStyles);
	const convex = options.convexUrl === undefined ? [] : withSocket(checkOrigin('createHeaders', 'convexUrl', options.convexUrl));
	const connect = [...convex, ...readList('connect', options.connect ?? []).map((url) => checkOrigin('createHeaders', 'connect', url))];
	const images = readList('images', options.images ?? ['data:', 'blob:']).map((source) =>
		source === 'data:' || source === 'blob:' ? source : checkOrigin('createHeaders', 'images', source),
	);
	const rest = [
		["img-src 'self'", ...images].join(' '),
		"font-src 'self'",
		[...new Set(["connect-src 'self'", ...(development ? ['ws:'] : []), ...connect])].join(' '),
		"manifest-src 'self'",
		"worker-src 'self'",
		"form-action 'self'",
		"base-uri 'none'",
		"frame-ancestors 'none'",
	];
	return (nonce) =>
		[
			"default-src 'none'",
			`script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ''}`,
			// Beside a nonce browsers ignore 'unsafe-inline' (https://www.w3.org/TR/CSP3/#allow-all-inline), so it is one or the other.
			inlineStyles === 'all' ? "style-src 'self' 'unsafe-inline'" : `style-src 'self' 'nonce-${nonce}'`,
			...(inlineStyles === 'attributes' ? ["style-src-attr 'unsafe-inline'"] : []),
			...rest,
		].join('; ');
}

function readList(name: string, value: unknown): readonly string[] {
	if (!Array.isArray(value)) throw optionError('createHeaders', name, 'a list', value);
	return value;
}

function withSocket(origin: string): string[] {
	return [origin, origin.replace(/^http/, 'ws')];
}
