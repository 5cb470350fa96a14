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
	/** Nothing is configured that it could be asked with: no key, no folder, no browser. */
	| 'not-configured'
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
	/** `false`: public ones are refused, because what goes there is not encrypted. */
	readonly public?: false;
	/** Further certificate authorities to trust, PEM text. */
	readonly ca?: string;
}
