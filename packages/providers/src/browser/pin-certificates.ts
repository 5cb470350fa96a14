import { createHash, X509Certificate } from 'node:crypto';
import net from 'node:net';
import { connect } from 'node:tls';
import { checkReach, createGuardedLookup, createTrust } from '@holdfast/checks/target';
import type { VendorReach } from '@holdfast/checks/vendors';

/**
 * Chromium takes no authority by file, only pins: with `--ignore-certificate-errors-spki-list` it accepts a chain that holds one of
 * the public keys. An authority itself is seldom sent along, so the servers' own certificates are pinned, each after Node.js
 * has verified it, name included, against the authorities that the service names; one that does not verify is not pinned and the
 * browser refuses it as any visitor's would. The pins live as long as one walk.
 * @param hosts to ask on their https port. @returns base64 SHA-256 of the public keys.
 */
export async function pinCertificates(
	hosts: readonly { readonly host: string; readonly port: number }[],
	reach: VendorReach & { readonly ca: string },
	signal: AbortSignal,
): Promise<readonly string[]> {
	const secureContext = createTrust(reach.ca);
	const pins = await Promise.all(hosts.map((host) => readPin(host, secureContext, reach, signal)));
	return [...new Set(pins.filter((pin) => pin !== null))];
}

/** Longest wait for one handshake, in milliseconds. */
const handshakeMs = 1500;

function readPin(
	{ host, port }: { readonly host: string; readonly port: number },
	secureContext: ReturnType<typeof createTrust>,
	reach: VendorReach,
	signal: AbortSignal,
): Promise<string | null> {
	const bare = host.replace(/^\[|\]$/g, '');
	if (checkReach(bare, reach) !== null || signal.aborted) return Promise.resolve(null);
	return new Promise((resolve) => {
		const lookup = createGuardedLookup(reach);
		const socket = connect({ host: bare, port, secureContext, lookup, ...(net.isIP(bare) === 0 ? { servername: bare } : {}) });
		const settle = (pin: string | null) => {
			clearTimeout(timer);
			socket.destroy();
			resolve(pin);
		};
		const timer = setTimeout(() => settle(null), handshakeMs);
		socket.once('error', () => settle(null));
		socket.once('secureConnect', () => settle(socket.authorized ? hashKey(socket.getPeerCertificate().raw) : null));
	});
}

export function hashKey(certificate: Buffer | string): string {
	const key = new X509Certificate(certificate).publicKey.export({ type: 'spki', format: 'der' });
	return createHash('sha256').update(key).digest('base64');
}
