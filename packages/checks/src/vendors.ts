/** What checks ask of vendors. Implemented in `@holdfast/providers`, one folder each; vendor shapes stop at that door. */

/** Why a vendor gave no answer that counts. */
export type NoAnswerCode =
	| 'timeout'
	| 'aborted'
	/** No connection: name, route, refused. */
	| 'network'
	/** A connection, but no handshake: the certificate is not trusted here, or TLS fails. Says nothing about what lies behind. */
	| 'tls'
	/** The same, but the fault is ours: no resolver, no route. */
	| 'offline'
	| 'unauthorized'
	| 'forbidden'
	| 'not-found'
	| 'rate-limited'
	| 'server-error'
	| 'redirected'
	| 'bad-response'
	| 'too-large'
	/** No such vendor is known, or its address is not allowed. */
	| 'refused';

export type VendorVerdict<T> =
	| { readonly kind: 'answer'; readonly value: T }
	/** The vendor could not be asked, or what it said could not be read. Never "down". */
	| { readonly kind: 'no-answer'; readonly reason: string; readonly enable?: string; readonly code?: NoAnswerCode };

/** What the service in question allows when a vendor is asked on its behalf. Absent: public addresses, the usual authorities. */
export interface VendorReach {
	/** Private and loopback addresses are allowed. Metadata addresses never are. */
	readonly private: boolean;
	/** Further certificate authorities to trust, PEM text. */
	readonly ca?: string;
}

export interface VendorStatus {
	readonly vendor: string;
	/** URL of the page that people look at. */
	readonly page: string;
	readonly indicator: 'none' | 'minor' | 'major' | 'critical' | 'maintenance';
	readonly description: string;
	readonly incidents: readonly { readonly name: string; readonly status: string; readonly impact: string; readonly url: string | null }[];
	/** ISO 8601, or null when the page does not say. */
	readonly updatedAt: string | null;
}

export interface StatusPagePort {
	/** Whether a known vendor's page stands at this host (`status.convex.dev`, with its port where it has one). Absent: none does. */
	isKnownPage?(host: string): boolean;
	/** `vendor`: a known name (`convex`) or the URL of a Statuspage v2 site. */
	readStatus(vendor: string, signal: AbortSignal, reach?: VendorReach): Promise<VendorVerdict<VendorStatus>>;
}

export interface ConvexPort {
	/** Asks `GET /version`: the process is up. Says nothing about functions: a paused deployment answers too. */
	readVersion(
		url: string,
		signal: AbortSignal,
		reach?: VendorReach,
	): Promise<VendorVerdict<{ readonly version: string; readonly durationMs: number }>>;
}

export interface VendorPorts {
	readonly statusPage: StatusPagePort;
	readonly convex: ConvexPort;
}

/** @returns what the service allows, for a port. */
export function readReach({ private: allowed, ca }: VendorReach): VendorReach {
	return { private: allowed, ...(ca === undefined ? {} : { ca }) };
}
