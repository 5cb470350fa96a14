/**
 * Socket, TLS and parser errors as sentences. Codes are Node's and OpenSSL's own
 * (https://nodejs.org/docs/latest-v20.x/api/errors.html, https://docs.openssl.org/3.0/man1/openssl-verification-options).
 */
import type { PhaseName, ProbeFailure } from './failure.ts';
import { phaseWords } from './failure.ts';
import { TargetRefusedError } from './guarded-lookup.ts';

export interface ErrorPlace {
	readonly host: string;
	readonly port: number;
	readonly phase: PhaseName;
	/** Whether the handshake had been asked for. */
	readonly secure: boolean;
}

export type TranslatedError = Pick<ProbeFailure, 'code' | 'reason' | 'says'> & { readonly fix?: string };

/** @param error what a socket, a resolver or the HTTP parser gave; an AggregateError of several addresses counts as its first. */
export function translateError(error: unknown, place: ErrorPlace): TranslatedError {
	if (error instanceof TargetRefusedError) {
		const { code, reason, fix } = error.refusal;
		return { code, reason, says: 'unknown', ...(fix === undefined ? {} : { fix }) };
	}
	const code = readCode(error);
	const where = `${bracket(place.host)}:${place.port}`;
	return (
		translateNetwork(code, place, where) ??
		translateTls(code, place, where) ??
		translateHttp(code, where) ??
		describeOther(error, code, place, where)
	);
}

/** @param limitMs how long was waited, in milliseconds. */
export function describeTimeout(place: ErrorPlace, limitMs: number): TranslatedError {
	const where = `${bracket(place.host)}:${place.port}`;
	return {
		code: `net.timeout.${place.phase}`,
		reason: `No answer from ${where} within ${formatSeconds(limitMs)} while ${phaseWords[place.phase]}`,
		says: 'fail',
		fix:
			place.phase === 'first-byte' || place.phase === 'body'
				? 'look at what the application waits for: database, backend, event loop'
				: 'look at firewalls, the load balancer and whether the process accepts connections',
	};
}

/** 101 to a request that asked for no other protocol. */
export function describeUpgrade({ host, port }: ErrorPlace): TranslatedError {
	return {
		code: 'http.unasked-upgrade',
		reason: `${bracket(host)}:${port} answers 101 (Switching Protocols) to an ordinary request`,
		says: 'fail',
		fix: 'look at what listens there: a WebSocket server or a proxy that passes on to one',
	};
}

/** The connection ended, and neither an answer nor an error came of it. */
export function describeClose(place: ErrorPlace): TranslatedError {
	return translateError(Object.assign(new Error('closed'), { code: 'ECONNRESET' }), place);
}

function translateNetwork(code: string, { host, secure }: ErrorPlace, where: string): TranslatedError | null {
	switch (code) {
		case 'ECONNREFUSED':
			return {
				code: 'net.refused',
				reason: `Nothing listens on ${where} (connection refused)`,
				says: 'fail',
				fix: 'start the application, or correct the host and port',
			};
		case 'ENOTFOUND':
		case 'ENODATA':
			return {
				code: 'net.name-not-found',
				reason: `The name ${host} does not resolve (${code})`,
				says: 'fail',
				fix: 'correct the name or its DNS record',
			};
		case 'EAI_AGAIN':
			return {
				code: 'net.resolver',
				reason: `The name server did not answer for ${host} (EAI_AGAIN), so this machine cannot tell whether the name exists`,
				says: 'unknown',
				fix: 'look at the DNS settings and the network of the machine that runs this check',
			};
		case 'ENETUNREACH':
		case 'ENETDOWN':
		case 'EADDRNOTAVAIL':
			return {
				code: 'net.no-route',
				reason: `This machine has no route to ${where} (${code})`,
				says: 'unknown',
				fix: 'look at the network of the machine that runs this check',
			};
		case 'EHOSTUNREACH':
		case 'EHOSTDOWN':
			return {
				code: 'net.unreachable',
				reason: `${where} is not reachable (${code})`,
				says: 'fail',
				fix: 'look at the host and the network before it',
			};
		case 'ETIMEDOUT':
			return {
				code: 'net.timeout.connect',
				reason: `${where} does not answer to connection attempts (ETIMEDOUT)`,
				says: 'fail',
				fix: 'look at firewalls and whether the host is up',
			};
		case 'ECONNRESET':
		case 'EPIPE':
		case 'ERR_STREAM_PREMATURE_CLOSE':
			return {
				code: 'net.reset',
				reason: `${where} closed the connection before the answer was complete (${code})`,
				says: 'fail',
				fix: secure
					? 'look at the application’s log and at the proxy before it'
					: 'look at the application’s log; a port that speaks only TLS also ends plain requests this way',
			};
		default:
			return null;
	}
}

/** @param code Node's or OpenSSL's. @returns null when it is no fault of a certificate or a handshake. */
export function translateTlsCode(code: string, { host, port }: Pick<ErrorPlace, 'host' | 'port'>): TranslatedError | null {
	return translateTls(code, { host }, `${bracket(host)}:${port}`);
}

function translateTls(code: string, { host }: Pick<ErrorPlace, 'host'>, where: string): TranslatedError | null {
	const fail = (id: string, reason: string, fix: string): TranslatedError => ({
		code: id,
		reason: `${reason} (${code})`,
		says: 'fail',
		fix,
	});
	switch (code) {
		case 'CERT_HAS_EXPIRED':
			return fail('tls.expired', `The certificate of ${where} has expired`, 'renew the certificate and look at why renewal did not run');
		case 'CERT_NOT_YET_VALID':
			return fail(
				'tls.not-yet-valid',
				`The certificate of ${where} is not valid yet`,
				'look at the clocks of both machines and the certificate’s start',
			);
		case 'DEPTH_ZERO_SELF_SIGNED_CERT':
			return fail(
				'tls.self-signed',
				`The certificate of ${where} is signed by itself, which no browser trusts`,
				'install a certificate of a trusted authority, or name your own with `ca`',
			);
		case 'SELF_SIGNED_CERT_IN_CHAIN':
		case 'UNABLE_TO_GET_ISSUER_CERT':
		case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
		case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
		case 'CERT_SIGNATURE_FAILURE':
		case 'CERT_UNTRUSTED':
		case 'CERT_REJECTED':
		case 'CERT_CHAIN_TOO_LONG':
		case 'INVALID_CA':
		case 'INVALID_PURPOSE':
		case 'PATH_LENGTH_EXCEEDED':
			return fail(
				'tls.untrusted',
				`The certificate of ${where} leads to no trusted authority`,
				'serve the intermediate certificates as well, or name your own authority with `ca`',
			);
		case 'ERR_TLS_CERT_ALTNAME_INVALID':
		case 'HOSTNAME_MISMATCH':
			return fail(
				'tls.wrong-name',
				`The certificate of ${where} is for other names than ${host}`,
				`issue a certificate that covers ${host}`,
			);
		case 'CERT_REVOKED':
			return fail('tls.revoked', `The certificate of ${where} has been revoked`, 'issue a new certificate');
		case 'ERR_SSL_WRONG_VERSION_NUMBER':
		case 'ERR_SSL_PACKET_LENGTH_TOO_LONG':
		case 'ERR_SSL_HTTP_REQUEST':
			return fail(
				'tls.plain-text',
				`${where} does not speak TLS; it probably serves plain http`,
				'use http:// for this port, or the port that ends TLS',
			);
		case 'ERR_SSL_UNSUPPORTED_PROTOCOL':
		case 'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION':
			return fail('tls.protocol', `${where} offers no TLS version from 1.2 up`, 'turn on TLS 1.2 and 1.3');
		case 'ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE':
		case 'ERR_SSL_TLSV1_UNRECOGNIZED_NAME':
		case 'ERR_SSL_TLSV1_ALERT_INTERNAL_ERROR':
			return fail('tls.handshake', `${where} refuses the TLS handshake for ${host}`, `look at whether the server knows the name ${host}`);
		default:
			return code.startsWith('ERR_SSL') || code === 'EPROTO'
				? fail('tls.handshake', `The TLS handshake with ${where} fails`, 'look at the server’s TLS settings')
				: null;
	}
}

function translateHttp(code: string, where: string): TranslatedError | null {
	if (code === 'HPE_HEADER_OVERFLOW') {
		return {
			code: 'http.headers-too-large',
			reason: `${where} sends more than 64 KiB of headers`,
			says: 'fail',
			fix: 'look for cookies that grow with every request',
		};
	}
	if (code.startsWith('HPE_'))
		return {
			code: 'http.malformed',
			reason: `${where} answers with something that is not HTTP (${code})`,
			says: 'fail',
			fix: 'correct the port, or look at what listens there',
		};
	if (
		code.startsWith('Z_') ||
		code.startsWith('ERR__') ||
		code === 'ERR_BROTLI_DECODER' ||
		code.startsWith('ERR_PADDING') ||
		code.startsWith('ERR_ZSTD')
	) {
		return {
			code: 'http.bad-encoding',
			reason: `The compressed body from ${where} cannot be unpacked (${code})`,
			says: 'fail',
			fix: 'look at who compresses: application and proxy must not both do it',
		};
	}
	return null;
}

function describeOther(error: unknown, code: string, place: ErrorPlace, where: string): TranslatedError {
	const name = code === '' ? (error instanceof Error ? error.name : typeof error) : code;
	return {
		code: 'net.other',
		reason: `The connection to ${where} ends while ${phaseWords[place.phase]} (${name})`,
		says: 'fail',
		fix: 'look at the application’s log',
	};
}

function readCode(error: unknown): string {
	if (error instanceof AggregateError && error.errors.length > 0) return readCode(error.errors[0]);
	if (typeof error !== 'object' || error === null || !('code' in error) || typeof error.code !== 'string') return '';
	// A write that meets an OpenSSL error reports EPROTO and keeps OpenSSL's own words in its message.
	if (error.code === 'EPROTO' && error instanceof Error) return readOpenSslReason(error.message) ?? error.code;
	return error.code;
}

function readOpenSslReason(message: string): string | null {
	const reason = /SSL routines:[^:]*:([a-z0-9 ]+)/i.exec(message)?.[1];
	return reason === undefined ? null : `ERR_SSL_${reason.trim().toUpperCase().replaceAll(' ', '_')}`;
}

function bracket(host: string): string {
	return host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
}

/** @returns `10 s`, `0.3 s`. */
export function formatSeconds(durationMs: number): string {
	return `${Number((durationMs / 1000).toFixed(durationMs < 1000 ? 2 : 1))} s`;
}
