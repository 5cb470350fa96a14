import { isLoopbackHost } from './loopback-host.ts';

/** Where the visitor's browser thinks it is: scheme and host as the nearest proxy forwarded them. */
export interface RequestedOrigin {
	readonly scheme: 'http' | 'https';
	/** Host without port. */
	readonly hostname: string;
	readonly loopback: boolean;
}

/**
 * Reads scheme and host of a request: `x-forwarded-proto` and `x-forwarded-host` where a proxy set them (first value of a list),
 * else the request's own URL and `Host`. A forged header only changes which cookie the forger is offered.
 */
export function readRequestedOrigin(request: Request): RequestedOrigin {
	const own = new URL(request.url);
	const forwarded = firstValue(request.headers.get('x-forwarded-proto'))?.toLowerCase();
	const scheme = forwarded === 'https' || forwarded === 'http' ? forwarded : own.protocol === 'https:' ? 'https' : 'http';
	const hostname = hostnameOf(firstValue(request.headers.get('x-forwarded-host')) ?? request.headers.get('host')) ?? own.hostname;
	return { scheme, hostname, loopback: isLoopbackHost(hostname) };
}

function firstValue(header: string | null): string | undefined {
	const value = header?.split(',')[0]?.trim();
	return value === '' ? undefined : value;
}

function hostnameOf(host: string | null | undefined): string | undefined {
	if (!host || !URL.canParse(`http://${host}`)) return undefined;
	return new URL(`http://${host}`).hostname;
}
