/**
 * The one safety check for every outbound URL. A host must be the service's own, in `allowHosts`, or a declared vendor's;
 * the address must be public unless the service is private; metadata addresses are refused always. The address is checked
 * again when the connection is made (`guarded-lookup.ts`), so that a name cannot change its mind in between.
 */
import { classifyAddress, isMetadataName, readLiteralAddress } from './addresses.ts';

/** The part of the service that says where checks may go. */
export interface TargetPolicy {
	/** Origin of the service. */
	readonly url: string;
	readonly private: boolean;
	/** `false`: addresses of the public internet are refused, because what goes there is not encrypted. */
	readonly public?: false;
	readonly allowHosts: readonly string[];
	/** Hosts of declared vendors, exact or `*.convex.cloud`. */
	readonly vendorHosts?: readonly string[];
}

/** Which addresses may be used, whatever name leads there. */
export type AddressPolicy = Pick<TargetPolicy, 'private' | 'public'>;

export interface Refusal {
	readonly ok: false;
	readonly code:
		| 'target.invalid'
		| 'target.scheme'
		| 'target.credentials'
		| 'target.host'
		| 'target.private'
		| 'target.public'
		| 'target.metadata';
	/** One sentence. */
	readonly reason: string;
	/** The setting that would allow it; absent where nothing does. */
	readonly fix?: string;
}

export type TargetVerdict = { readonly ok: true; readonly url: URL } | Refusal;

/** Judges a URL before any name is resolved. Never throws; the reason never repeats credentials. */
export function checkTarget(raw: string, policy: TargetPolicy): TargetVerdict {
	if (!URL.canParse(raw))
		return { ok: false, code: 'target.invalid', reason: `Expected a URL such as https://shop.example, got "${raw.slice(0, 100)}"` };
	const url = new URL(raw);
	if (url.protocol !== 'http:' && url.protocol !== 'https:') {
		return { ok: false, code: 'target.scheme', reason: `Expected http: or https:, got ${url.protocol} (${url.host || 'no host'})` };
	}
	if (url.username !== '' || url.password !== '') {
		return {
			ok: false,
			code: 'target.credentials',
			reason: `The URL for ${url.host} holds a user name or password, which is not sent`,
			fix: 'take them out of the URL',
		};
	}
	return checkHost(url.hostname, policy) ?? { ok: true, url };
}

/** @returns null when the host may be reached as far as its name or literal address tells. */
export function checkHost(host: string, policy: TargetPolicy): Refusal | null {
	if (isMetadataName(host)) return refuseMetadata(host);
	const literal = readLiteralAddress(host);
	if (literal !== null && classifyAddress(literal) === 'metadata') return refuseMetadata(host);
	if (!isAllowedHost(host, policy)) {
		return {
			ok: false,
			code: 'target.host',
			reason: `${host} is not a host of this service (${new URL(policy.url).hostname}), so checks do not go there`,
			fix: `add ${host} to allowHosts if it belongs to the service`,
		};
	}
	return literal === null ? null : checkAddress(literal, host, policy);
}

/** The part of `checkHost` that holds for hosts which are no host of the service as well, such as a vendor's page. */
export function checkReach(host: string, policy: AddressPolicy): Refusal | null {
	if (isMetadataName(host)) return refuseMetadata(host);
	const literal = readLiteralAddress(host);
	return literal === null ? null : checkAddress(literal, host, policy);
}

/** Judges the address that a name resolved to, or that a connection is about to use. */
export function checkAddress(address: string, host: string, policy: AddressPolicy): Refusal | null {
	const kind = classifyAddress(address);
	if (kind === 'metadata') return refuseMetadata(host === address ? host : `${host} (${address})`);
	const shown = host === address ? address : `${host} (${address})`;
	if (kind === 'public')
		return policy.public === false
			? {
					ok: false,
					code: 'target.public',
					reason: `${shown} is a public address, where what is sent without TLS can be read`,
					fix: 'use TLS',
				}
			: null;
	if (policy.private) return null;
	const names = {
		loopback: 'this machine itself',
		private: 'a private network',
		'link-local': 'a link-local network',
		reserved: 'a reserved range',
	};
	return {
		ok: false,
		code: 'target.private',
		reason: `${shown} is an address of ${names[kind]}, and the service is not declared private`,
		fix: 'set `private: true` for the service if that is meant',
	};
}

/** Own host, listed host (`*.shop.example` covers its subdomains), or a vendor's. Ports do not matter. */
export function isAllowedHost(host: string, policy: TargetPolicy): boolean {
	const wanted = normaliseHost(host);
	const own = URL.canParse(policy.url) ? normaliseHost(new URL(policy.url).hostname) : null;
	if (wanted === own) return true;
	return isListedHost(host, [...policy.allowHosts, ...(policy.vendorHosts ?? [])]);
}

export function isListedHost(host: string, patterns: readonly string[]): boolean {
	const wanted = normaliseHost(host);
	return patterns.some((pattern) => matchesHost(wanted, pattern));
}

function matchesHost(host: string, pattern: string): boolean {
	const wanted = normaliseHost(pattern);
	return wanted.startsWith('*.') ? host.endsWith(wanted.slice(1)) && host.length > wanted.length - 1 : host === wanted;
}

function normaliseHost(host: string): string {
	return host
		.toLowerCase()
		.replace(/\.$/, '')
		.replace(/^\[|\]$/g, '');
}

function refuseMetadata(shown: string): Refusal {
	return {
		ok: false,
		code: 'target.metadata',
		reason: `${shown} is a cloud metadata address: it hands out credentials and is never asked`,
	};
}
