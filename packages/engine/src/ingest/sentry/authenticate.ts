import { type Dsn, isPublicKey, readDsn } from './dsn.ts';

export type KeyReading =
	| { readonly ok: true; readonly publicKey: string }
	/** `absent`: the envelope's own header may still hold a DSN. */
	| { readonly ok: false; readonly code: 'absent' | 'malformed' | 'contradiction'; readonly detail: string };

export interface KeySources {
	/** Value of `X-Sentry-Auth`, or of `Authorization` where it begins with `Sentry`. */
	readonly header: string | undefined;
	/** `sentry_key` of the query. */
	readonly query: string | null;
}

/**
 * The public key of a request (https://develop.sentry.dev/sdk/foundations/transport/authentication/#authentication-header): from
 * `X-Sentry-Auth: Sentry sentry_version=7, sentry_key=…` or the query. Both, where both are there, must say the same.
 */
export function readKey({ header, query }: KeySources): KeyReading {
	const named = header === undefined ? null : readHeaderKey(header);
	if (header !== undefined && named === null)
		return { ok: false, code: 'malformed', detail: 'expected X-Sentry-Auth to be "Sentry sentry_key=…", got something else' };
	if (query !== null && !isPublicKey(query))
		return { ok: false, code: 'malformed', detail: 'expected sentry_key to be letters, digits, - and _, got something else' };
	if (named !== null && query !== null && named !== query) return contradict('X-Sentry-Auth and sentry_key of the query');
	const publicKey = named ?? query;
	if (publicKey === null)
		return { ok: false, code: 'absent', detail: 'expected a key: in X-Sentry-Auth, as sentry_key in the query, or as dsn in the envelope' };
	return { ok: true, publicKey };
}

/**
 * The same with the DSN of the envelope's header, which authenticates alone, and must agree with whatever else there is
 * (https://develop.sentry.dev/sdk/foundations/transport/envelopes/#authentication).
 */
export function agreeWithDsn(reading: KeyReading, dsn: string | null, projectId: string): KeyReading {
	if (dsn === null) return reading;
	const read: Dsn | null = readDsn(dsn);
	if (read === null)
		return { ok: false, code: 'malformed', detail: 'expected dsn in the envelope to be https://key@host/project, got something else' };
	if (read.projectId !== projectId) return contradict('dsn in the envelope and the project of the address');
	if (reading.ok && reading.publicKey !== read.publicKey) return contradict('dsn in the envelope and the key of the request');
	return !reading.ok && reading.code !== 'absent' ? reading : { ok: true, publicKey: read.publicKey };
}

/** `Sentry sentry_version=7, sentry_client=x/1, sentry_key=abc`: in any order, with spaces or without. */
function readHeaderKey(header: string): string | null {
	if (header.length > 1_024 || !/^sentry\s/i.test(header)) return null;
	const pairs = header
		.slice('sentry'.length)
		.split(/[,\s]+/)
		.map((pair) => pair.split('='));
	const key = pairs.find(([name]) => name === 'sentry_key')?.[1]?.replace(/^"|"$/g, '');
	return key !== undefined && isPublicKey(key) ? key : null;
}

function contradict(places: string): KeyReading {
	return { ok: false, code: 'contradiction', detail: `expected ${places} to agree, and they do not` };
}
