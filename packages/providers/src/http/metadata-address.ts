import { BlockList, isIPv6 } from 'node:net';

/** Where clouds hand out credentials to whoever asks from inside: the link-local services of IPv4, and single addresses beside them. */
const metadata = new BlockList();
metadata.addSubnet('169.254.0.0', 16, 'ipv4');
for (const address of ['100.100.100.200', '168.63.129.16', '192.0.0.192']) metadata.addAddress(address, 'ipv4');
for (const address of ['fd00:ec2::254', 'fd00:ec2::23', 'fd20:ce::254']) metadata.addAddress(address, 'ipv6');

/** IPv4 addresses inside IPv6 ones count as what they are. */
export function isMetadataAddress(address: string): boolean {
	return metadata.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
}
