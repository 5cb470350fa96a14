import { isIPv4, isIPv6 } from 'node:net';

/** Name of the header under which the server hands the visitor's address to the application. What a visitor sends under it is taken away. */
export const visitorHeader = 'x-shop-visitor';

/**
 * Where a request comes from, to tell visitors apart: the address of the connection, or, when that is a neighbour (loopback, private), what this
 * neighbour added to `X-Forwarded-For`, its last entry. Earlier entries are the visitor's own words. Of IPv6 the network (/64), because one
 * visitor has all of it.
 *
 * @param {string | undefined} peer Address of the connection.
 * @param {string | string[] | undefined} forwardedFor
 * @returns {string | null} Null when a neighbour does not say for whom it asks: a visitor who cannot be told from others.
 */
export function findVisitorAddress(peer, forwardedFor) {
	const near = normalize(peer ?? '');
	if (near === null) return null;
	if (!isNeighbour(near)) return shorten(near);
	const last = [forwardedFor ?? []].flat().join(',').split(',').at(-1)?.trim() ?? '';
	const far = normalize(last);
	return far === null || isLoopback(far) ? null : shorten(far);
}

/**
 * @param {string} address May be an IPv4 address in the form of IPv6 (`::ffff:192.0.2.1`).
 * @returns {string | null}
 */
function normalize(address) {
	const plain = address
		.toLowerCase()
		.replace(/^::ffff:(?=\d+\.)/, '')
		.replace(/%.*$/, '');
	return isIPv4(plain) || isIPv6(plain) ? plain : null;
}

/** @param {string} address */
function isLoopback(address) {
	return address === '::1' || address.startsWith('127.');
}

/** @param {string} address */
function isNeighbour(address) {
	return isLoopback(address) || /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|f[cd]|fe[89ab])/.test(address);
}

/** @param {string} address */
function shorten(address) {
	if (isIPv4(address)) return address;
	const [head = '', tail = ''] = address.split('::');
	const groups = head === '' ? [] : head.split(':');
	const after = tail === '' ? [] : tail.split(':');
	const filled = address.includes('::')
		? [...groups, ...Array.from({ length: 8 - groups.length - after.length }, () => '0'), ...after]
		: groups;
	return `${filled
		.slice(0, 4)
		.map((group) => Number.parseInt(group, 16).toString(16))
		.join(':')}::/64`;
}
