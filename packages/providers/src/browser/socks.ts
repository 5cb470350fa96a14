/** The bytes of SOCKS5 (RFC 1928) as far as a browser speaks it: no authentication, CONNECT. Pure. */

export interface SocksRequest {
	readonly host: string;
	readonly port: number;
	/** False for what is no CONNECT. */
	readonly supported: boolean;
}

/** @returns the bytes that the greeting takes; 0 while it is not whole. */
export function readGreeting(bytes: Buffer): number {
	const count = bytes[1];
	return count === undefined || bytes.length < 2 + count ? 0 : 2 + count;
}

/** @returns null while it is not whole. */
export function readRequest(bytes: Buffer): SocksRequest | null {
	const [version, command, , kind, first] = bytes;
	if (kind === undefined || first === undefined) return null;
	const length = kind === 1 ? 4 : kind === 4 ? 16 : kind === 3 ? first : 0;
	const from = kind === 3 ? 5 : 4;
	if (bytes.length < from + length + 2) return null;
	const address = bytes.subarray(from, from + length);
	return {
		host: readHost(kind, address),
		port: bytes.readUInt16BE(from + length),
		supported: version === 5 && command === 1 && length > 0,
	};
}

function readHost(kind: number, address: Buffer): string {
	if (kind === 1) return [...address].join('.');
	if (kind === 3) return address.toString('latin1').toLowerCase();
	const groups: string[] = [];
	for (let at = 0; at + 1 < address.length; at += 2) groups.push(address.readUInt16BE(at).toString(16));
	return groups.join(':');
}

const replies = { connected: 0, failed: 1, refused: 2 } as const;

export function replyTo(outcome: keyof typeof replies): Buffer {
	return Buffer.from([5, replies[outcome], 0, 1, 0, 0, 0, 0, 0, 0]);
}
