import { expect, it } from 'vitest';
import { findVisitorAddress } from './visitor-address.mjs';

it.each([
	['the address of the connection', '203.0.113.7', undefined, '203.0.113.7'],
	['not what a stranger says about themselves', '203.0.113.7', '198.51.100.1', '203.0.113.7'],
	['what a proxy on this machine added last', '127.0.0.1', '198.51.100.1, 203.0.113.7', '203.0.113.7'],
	['what a proxy in the private network added', '::ffff:10.0.0.2', '203.0.113.7', '203.0.113.7'],
	['the last of several headers', '::1', ['198.51.100.1', '203.0.113.7'], '203.0.113.7'],
	['the network of an IPv6 address', '2001:db8:1:2:3:4:5:6', undefined, '2001:db8:1:2::/64'],
	['the network of a shortened IPv6 address', '2001:0DB8::5', undefined, '2001:db8:0:0::/64'],
	['a colleague in the private network behind a proxy', '127.0.0.1', '192.168.1.20', '192.168.1.20'],
	['nobody when a neighbour does not say for whom it asks', '127.0.0.1', undefined, null],
	['nobody when it says nonsense', '127.0.0.1', '203.0.113.7, <script>', null],
	['nobody when it speaks for itself', '127.0.0.1', '127.0.0.1', null],
	['nobody without a connection', undefined, '203.0.113.7', null],
])('finds %s', (_, peer, forwardedFor, visitor) => {
	expect(findVisitorAddress(peer, forwardedFor)).toBe(visitor);
});
