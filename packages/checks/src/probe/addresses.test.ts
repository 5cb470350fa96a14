import { describe, expect, it } from 'vitest';
import { classifyAddress, isMetadataName, readLiteralAddress } from './addresses.ts';

describe('an address is sorted', () => {
	it.each([
		['8.8.8.8', 'public'],
		['2606:4700::1111', 'public'],
		['127.0.0.1', 'loopback'],
		['127.9.9.9', 'loopback'],
		['::1', 'loopback'],
		['0.0.0.0', 'loopback'],
		['::', 'loopback'],
		['10.0.0.1', 'private'],
		['172.16.0.1', 'private'],
		['192.168.1.1', 'private'],
		['100.64.0.1', 'private'],
		['fd12::1', 'private'],
		['169.254.1.1', 'link-local'],
		['fe80::1', 'link-local'],
		['fe80::1%eth0', 'link-local'],
		['224.0.0.1', 'reserved'],
		['192.0.2.1', 'reserved'],
		['169.254.169.254', 'metadata'],
		['100.100.100.200', 'metadata'],
		['168.63.129.16', 'metadata'],
		['fd00:ec2::254', 'metadata'],
		['fd00:0ec2:0:0:0:0:0:0254', 'metadata'],
	])('%s is %s', (address, kind) => expect(classifyAddress(address)).toBe(kind));
});

describe('an IPv4 address inside an IPv6 one counts', () => {
	it.each([
		['::ffff:169.254.169.254', 'metadata'],
		['::ffff:a9fe:a9fe', 'metadata'],
		['::ffff:10.0.0.1', 'private'],
		['::ffff:8.8.8.8', 'public'],
		['::127.0.0.1', 'loopback'],
		['64:ff9b::a9fe:a9fe', 'metadata'],
		['64:ff9b::7f00:1', 'loopback'],
		['2002:a9fe:a9fe::1', 'metadata'],
		['2002:0a00:0001::', 'private'],
	])('%s is %s', (address, kind) => expect(classifyAddress(address)).toBe(kind));
});

it('metadata services have names as well', () => {
	expect(['metadata.google.internal', 'METADATA.GOOGLE.INTERNAL.', 'instance-data'].map(isMetadataName)).toEqual([true, true, true]);
	expect(isMetadataName('metadata.shop.example')).toBe(false);
});

it('a literal address is told from a name', () => {
	expect(readLiteralAddress('[::1]')).toBe('::1');
	expect(readLiteralAddress('127.0.0.1')).toBe('127.0.0.1');
	expect(readLiteralAddress('127.1')).toBeNull();
	expect(readLiteralAddress('shop.example')).toBeNull();
});
