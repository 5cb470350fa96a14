/** Looks at the layers below HTTP one by one: name, connection, TLS handshake with the chain as it was sent. */
import { lookup } from 'node:dns/promises';
import net from 'node:net';
import tls from 'node:tls';
import type { Phase } from '../contract.ts';
import { readLiteralAddress } from './addresses.ts';
import { type CertificateSummary, readChain } from './certificate-chain.ts';
import { type PhaseName, type ProbeFailure, refuse } from './failure.ts';
import { createGuardedLookup } from './guarded-lookup.ts';
import { stopped } from './http-probe.ts';
import { createPhaseClock, type PhaseClock } from './phase-clock.ts';
import { checkHost, type TargetPolicy } from './target.ts';
import { describeClose, describeTimeout, translateError } from './translate-error.ts';
import { readAuthorities } from './trust.ts';

export interface Resolved {
	readonly kind: 'resolved';
	readonly addresses: readonly { readonly address: string; readonly family: number }[];
	/** The host is an address already: nothing was asked. */
	readonly literal: boolean;
	readonly durationMs: number;
}

export interface Connected {
	readonly kind: 'connected';
	readonly address: string;
	readonly phases: readonly Phase[];
	readonly durationMs: number;
}

export interface Handshaken {
	readonly kind: 'handshaken';
	readonly address: string;
	/** `TLSv1.3`. */
	readonly protocol: string;
	readonly cipher: string;
	/** Null when the chain leads to a trusted authority; else OpenSSL's code (`CERT_HAS_EXPIRED`). */
	readonly trustError: string | null;
	/** Null when the certificate covers the host; else Node's sentence about the names. */
	readonly nameError: string | null;
	/** From the server's own certificate upwards, as sent. */
	readonly chain: readonly CertificateSummary[];
	readonly phases: readonly Phase[];
	readonly durationMs: number;
}

export interface NetTarget {
	readonly host: string;
	readonly port: number;
	readonly signal: AbortSignal;
	/** Milliseconds; the probe's own when absent. */
	readonly timeoutMs?: number;
}

/** Nothing here rejects: what stands in the way comes back as a ProbeFailure. */
export interface NetProbe {
	resolve(target: Omit<NetTarget, 'port'>): Promise<Resolved | ProbeFailure>;
	connect(target: NetTarget): Promise<Connected | ProbeFailure>;
	/** Completes the handshake whatever the certificate says, so that all of it can be told. Nothing is sent over it. */
	handshake(target: NetTarget): Promise<Handshaken | ProbeFailure>;
}

export interface NetProbeOptions {
	readonly policy: TargetPolicy;
	readonly ca?: string;
	/** Milliseconds; 8,000 when absent. */
	readonly timeoutMs?: number;
}

export function createNetProbe(options: NetProbeOptions): NetProbe {
	return {
		resolve: (target) => resolveName(target, options),
		connect: (target) =>
			open(target, options, false, (socket, clock) => ({
				kind: 'connected',
				address: socket.remoteAddress ?? target.host,
				phases: clock.stop(),
				durationMs: clock.elapsedMs(),
			})),
		handshake: (target) => open(target, options, true, (socket, clock) => describeHandshake(socket, target, clock)),
	};
}

async function resolveName(target: Omit<NetTarget, 'port'>, options: NetProbeOptions): Promise<Resolved | ProbeFailure> {
	const host = unbracket(target.host);
	const refusal = checkHost(host, options.policy);
	const literal = readLiteralAddress(host);
	if (refusal !== null && refusal.code !== 'target.private') return { ...refuse(refusal), phase: 'dns' };
	if (literal !== null)
		return { kind: 'resolved', addresses: [{ address: literal, family: net.isIP(literal) }], literal: true, durationMs: 0 };
	const clock = createPhaseClock('dns');
	const timeoutMs = target.timeoutMs ?? options.timeoutMs ?? 8000;
	return new Promise((resolve) => {
		const finish = (result: Resolved | ProbeFailure): void => {
			clearTimeout(timer);
			target.signal.removeEventListener('abort', abort);
			resolve(result);
		};
		const place = { host, port: 0, phase: 'dns', secure: false } as const;
		const fail = (translated: ReturnType<typeof translateError>): void =>
			finish({ kind: 'failure', ...translated, phase: 'dns', phases: clock.stop(), durationMs: clock.elapsedMs() });
		const timer = setTimeout(
			() =>
				fail({
					...describeTimeout(place, timeoutMs),
					reason: `The name ${host} did not resolve within ${timeoutMs / 1000} s`,
					says: 'unknown',
				}),
			timeoutMs,
		);
		const abort = (): void => finish(stopped(clock.stop(), 'dns', clock.elapsedMs()));
		target.signal.addEventListener('abort', abort, { once: true });
		lookup(host, { all: true, verbatim: true }).then(
			(addresses) => finish({ kind: 'resolved', addresses, literal: false, durationMs: clock.elapsedMs() }),
			(error: unknown) => fail(translateError(error, place)),
		);
	});
}

function open<T>(
	target: NetTarget,
	options: NetProbeOptions,
	secure: boolean,
	describe: (socket: net.Socket, clock: PhaseClock) => T,
): Promise<T | ProbeFailure> {
	const host = unbracket(target.host);
	const refusal = checkHost(host, options.policy);
	if (refusal !== null) return Promise.resolve(refuse(refusal));
	const clock = createPhaseClock(readLiteralAddress(host) === null ? 'dns' : 'connect');
	const timeoutMs = target.timeoutMs ?? options.timeoutMs ?? 8000;
	const where = { host, port: target.port, lookup: createGuardedLookup(options.policy) };
	return new Promise((resolve) => {
		const socket = secure ? tls.connect({ ...where, ...tlsOptions(host, options.ca) }) : net.connect(where);
		const finish = (result: T | ProbeFailure): void => {
			clearTimeout(timer);
			target.signal.removeEventListener('abort', abort);
			socket.destroy();
			resolve(result);
		};
		const place = (phase: PhaseName) => ({ host, port: target.port, phase, secure });
		const fail = (translated: ReturnType<typeof translateError>): void =>
			finish({ kind: 'failure', ...translated, phase: clock.current(), phases: clock.stop(), durationMs: clock.elapsedMs() });
		const timer = setTimeout(() => fail(describeTimeout(place(clock.current()), timeoutMs)), timeoutMs);
		const abort = (): void => finish(stopped(clock.stop(), clock.current(), clock.elapsedMs()));
		target.signal.addEventListener('abort', abort, { once: true });
		if (target.signal.aborted) abort();
		socket.once('lookup', () => clock.enter('connect'));
		if (secure) socket.once('connect', () => clock.enter('tls'));
		socket.once(secure ? 'secureConnect' : 'connect', () => {
			try {
				finish(describe(socket, clock));
			} catch (error) {
				fail(translateError(error, place(clock.current())));
			}
		});
		socket.on('error', (error) => fail(translateError(error, place(clock.current()))));
		socket.once('close', () => fail(describeClose(place(clock.current()))));
	});
}

/** Offers old versions and weak ciphers as well: a server that has nothing better is to be reported, not missed. */
function tlsOptions(host: string, ca: string | undefined): tls.ConnectionOptions {
	return {
		rejectUnauthorized: false,
		minVersion: 'TLSv1',
		ciphers: 'DEFAULT:@SECLEVEL=0',
		ALPNProtocols: ['http/1.1'],
		...(net.isIP(host) === 0 ? { servername: host } : {}),
		...(ca === undefined ? {} : { ca: [...tls.rootCertificates, ...readAuthorities(ca)] }),
		// Judged by hand below, beside the chain, so that a wrong name does not hide an expired certificate or the other way round.
		checkServerIdentity: () => undefined,
	};
}

function describeHandshake(socket: net.Socket, target: NetTarget, clock: PhaseClock): Handshaken {
	if (!(socket instanceof tls.TLSSocket)) throw new Error('expected a TLS socket');
	const phases = clock.stop();
	const peer = socket.getPeerCertificate(true);
	return {
		kind: 'handshaken',
		address: socket.remoteAddress ?? target.host,
		protocol: socket.getProtocol() ?? 'unknown',
		cipher: socket.getCipher().name,
		trustError: socket.authorized ? null : readAuthorizationCode(socket.authorizationError),
		nameError: tls.checkServerIdentity(unbracket(target.host), peer)?.message ?? null,
		chain: readChain(peer),
		phases,
		durationMs: clock.elapsedMs(),
	};
}

/** Typed as an Error by Node, in truth a text with OpenSSL's code. */
function readAuthorizationCode(error: unknown): string {
	if (typeof error === 'string') return error;
	if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
	return error instanceof Error ? error.message : 'UNTRUSTED';
}

function unbracket(host: string): string {
	return host.replace(/^\[|\]$/g, '');
}
