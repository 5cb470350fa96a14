/** What checks ask of vendors. Implemented in `@holdfast/providers`, one folder each; vendor shapes stop at that door. */

/** Why a vendor gave no answer that counts. */
export type NoAnswerCode =
	| 'timeout'
	| 'aborted'
	/** No connection: name, route, refused, TLS. */
	| 'network'
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
	/** `vendor`: a known name (`convex`) or the URL of a Statuspage v2 site. */
	readStatus(vendor: string, signal: AbortSignal): Promise<VendorVerdict<VendorStatus>>;
}

export interface ConvexPort {
	/** Asks `GET /version`: the process is up. Says nothing about functions: a paused deployment answers too. */
	readVersion(url: string, signal: AbortSignal): Promise<VendorVerdict<{ readonly version: string; readonly durationMs: number }>>;
}

export interface VendorPorts {
	readonly statusPage: StatusPagePort;
	readonly convex: ConvexPort;
}
