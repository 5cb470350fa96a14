/** What kind of network an address belongs to, so that a check never becomes a way into somebody's inside. */
import ipaddr from 'ipaddr.js';

export type AddressKind = 'public' | 'loopback' | 'private' | 'link-local' | 'metadata' | 'reserved';

/**
 * Addresses at which clouds hand out credentials to whoever asks from inside, as their manuals name them:
 * AWS instance (IPv4, IPv6), ECS and EKS task roles, Google (IPv6), Azure's wire server, Alibaba, Oracle, Scaleway.
 */
const metadataAddresses = [
	'169.254.169.254',
	'fd00:ec2::254',
	'169.254.170.2',
	'169.254.170.23',
	'fd00:ec2::23',
	'fd20:ce::254',
	'168.63.129.16',
	'100.100.100.200',
	'192.0.0.192',
	'169.254.42.42',
].map((address) => ipaddr.parse(address).toNormalizedString());

const metadataNames = new Set([
	'metadata',
	'metadata.google.internal',
	'metadata.goog',
	'metadata.azure.internal',
	'metadata.azure.com',
	'metadata.tencentyun.com',
	'metadata.packet.net',
	'metadata.platformequinix.com',
	'instance-data',
	'instance-data.ec2.internal',
]);

/** A monitor asks of the same few addresses all the time; others may come from pages and redirects, so that there is a bound. */
const MOST_REMEMBERED = 1000;
const literals = new Map<string, string | null>();
const kinds = new Map<string, AddressKind>();

function remember<T>(known: Map<string, T>, text: string, work: (text: string) => T): T {
	const found = known.get(text);
	if (found !== undefined) return found;
	const value = work(text);
	if (known.size >= MOST_REMEMBERED) known.clear();
	known.set(text, value);
	return value;
}

/** @param host as in a URL: a name, an IPv4 address, or an IPv6 address with or without brackets. */
export function isMetadataName(host: string): boolean {
	return metadataNames.has(host.toLowerCase().replace(/\.$/, ''));
}

/** @returns the address without brackets when `host` is a literal address, else null. */
export function readLiteralAddress(host: string): string | null {
	return remember(literals, host, parseLiteral);
}

function parseLiteral(host: string): string | null {
	const bare = host.startsWith('[') && host.endsWith(']') ? host.slice(1, -1) : host;
	const withoutZone = bare.split('%')[0] ?? bare;
	return ipaddr.IPv4.isValidFourPartDecimal(withoutZone) || ipaddr.IPv6.isValid(withoutZone) ? bare : null;
}

/**
 * Sorts an address. An IPv6 address that carries an IPv4 one (mapped, compatible, NAT64, 6to4) is what the inner one is,
 * unless the outer one is worse.
 * @throws {Error} when the text is no address; callers pass what the resolver or the socket gave.
 */
export function classifyAddress(text: string): AddressKind {
	return remember(kinds, text, classify);
}

function classify(text: string): AddressKind {
	const address = ipaddr.parse(text.split('%')[0] ?? text);
	if (metadataAddresses.includes(address.toNormalizedString())) return 'metadata';
	if (address instanceof ipaddr.IPv6) {
		const inner = readInnerAddress(address);
		if (inner !== null) return classifyAddress(inner);
	}
	switch (address.range()) {
		case 'unicast':
			return 'public';
		case 'loopback':
		case 'unspecified':
			return 'loopback';
		case 'private':
		case 'uniqueLocal':
		case 'carrierGradeNat':
			return 'private';
		case 'linkLocal':
			return 'link-local';
		default:
			return 'reserved';
	}
}

function readInnerAddress(address: ipaddr.IPv6): string | null {
	const bytes = address.toByteArray();
	const quad = (from: number): string => bytes.slice(from, from + 4).join('.');
	if (address.isIPv4MappedAddress()) return quad(12);
	const leadingZeros = bytes.slice(0, 12).every((byte) => byte === 0);
	if (leadingZeros && bytes.slice(12).some((byte, index) => byte > (index === 3 ? 1 : 0))) return quad(12);
	if (address.range() === 'rfc6052' || address.range() === 'rfc6145') return quad(12);
	if (address.range() === '6to4') return quad(2);
	return null;
}
