/** What a certificate says that an operator can use. */
import type { DetailedPeerCertificate, PeerCertificate } from 'node:tls';

export interface CertificateSummary {
	readonly subject: string;
	readonly issuer: string;
	readonly names: readonly string[];
	/** ISO 8601, UTC. */
	readonly validFrom: string;
	/** ISO 8601, UTC. */
	readonly validTo: string;
	/** SHA-256, hexadecimal with colons. */
	readonly fingerprint: string;
}

const maxChain = 10;

/** @param peer what `getPeerCertificate(true)` gave. Ends at a certificate that is its own issuer. */
export function readChain(peer: DetailedPeerCertificate): readonly CertificateSummary[] {
	const chain: CertificateSummary[] = [];
	const seen = new Set<string>();
	let certificate: DetailedPeerCertificate | undefined = peer;
	while (certificate?.fingerprint256 !== undefined && !seen.has(certificate.fingerprint256) && chain.length < maxChain) {
		seen.add(certificate.fingerprint256);
		chain.push(summarise(certificate));
		certificate = certificate.issuerCertificate;
	}
	return chain;
}

function summarise(certificate: DetailedPeerCertificate): CertificateSummary {
	return {
		subject: describeName(certificate.subject),
		issuer: describeName(certificate.issuer),
		names: (certificate.subjectaltname ?? '')
			.split(', ')
			.filter((entry) => entry !== '')
			.map((entry) => entry.replace(/^(DNS|IP Address):/, '')),
		validFrom: new Date(certificate.valid_from).toISOString(),
		validTo: new Date(certificate.valid_to).toISOString(),
		fingerprint: certificate.fingerprint256,
	};
}

function describeName(name: PeerCertificate['subject'] | undefined): string {
	return [name?.CN ?? name?.O ?? 'unnamed'].flat().join(', ');
}
