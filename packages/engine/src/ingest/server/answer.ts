/** What a request is answered. */
export interface Answer {
	readonly status: number;
	/** JSON, unless it is text. */
	readonly body: object | string;
	readonly headers?: Readonly<Record<string, string>>;
	/** Why it was refused, as a label; absent when it was not. */
	readonly reason?: RefusalReason;
}

/** Every reason for which a request is refused, each counted. */
export type RefusalReason =
	| 'no_route'
	| 'method'
	| 'origin'
	| 'unauthorized'
	| 'too_large'
	| 'unsupported_encoding'
	| 'bad_encoding'
	| 'malformed'
	| 'limited'
	| 'overloaded'
	| 'not_ready'
	| 'storage'
	| 'aborted'
	| 'bug';

export function accept(body: object | string, headers: Readonly<Record<string, string>> = {}): Answer {
	return { status: 200, body, headers };
}

/** @param detail one sentence of our own words: nothing of the request stands in it. */
export function refuse(status: number, reason: RefusalReason, detail: string, headers: Readonly<Record<string, string>> = {}): Answer {
	// Where SDKs look for it: https://develop.sentry.dev/sdk/foundations/transport/#handling-server-errors
	return { status, reason, body: { detail }, headers: { ...headers, 'X-Sentry-Error': detail.replace(/[^\x20-\x7e]/g, '?') } };
}
