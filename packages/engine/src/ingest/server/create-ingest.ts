import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Secret } from '@holdfast/checks/secret';
import type { Counters } from '../counters/create-counters.ts';
import { createIngestCounters } from '../counters/ingest-counters.ts';
import { createQuotaMeter } from '../limits/quota-meter.ts';
import type { IngestLog, IngestPorts } from '../ports.ts';
import { type Answer, refuse } from './answer.ts';
import { answerBrokenRequest } from './answer-broken-request.ts';
import { createByteBudget } from './byte-budget.ts';
import { type Desk, decideAnswer } from './decide-answer.ts';
import { createGate } from './gate.ts';
import { INGEST_SETTINGS, type IngestSettings } from './ingest-settings.ts';
import { createKeep } from './keep.ts';
import { matchRoute, type Route } from './match-route.ts';
import { writeAnswer } from './write-answer.ts';

export interface IngestOptions {
	readonly ports: IngestPorts;
	/** Milliseconds since 1970. */
	readonly now: () => number;
	readonly log: IngestLog;
	/** What `/metrics` shows; its own when absent. Others of the process may count into the same. */
	readonly counters?: Counters;
	/** Asked for by `/metrics`; without one it answers this machine only. */
	readonly metricsToken?: Secret;
	/** Appended to `/metrics`, in the same format; when it rejects, the rest is answered. */
	readonly moreMetrics?: () => Promise<string>;
	readonly settings?: Partial<IngestSettings>;
	/** Looks at requests for addresses that are not ingest's own, such as pages of acknowledgement. @returns whether it answers the request. */
	readonly handleOther?: (request: IncomingMessage, response: ServerResponse) => boolean;
}

export interface Ingest {
	/** @param host loopback when absent. Rejects with the system's error when it may not or cannot, for example EADDRINUSE. */
	readonly listen: (port: number, host?: string) => Promise<IngestAddress>;
	/** Takes no more connections, lets requests come to their end within a time, then ends what is left. */
	readonly close: () => Promise<void>;
	readonly counters: Counters;
}

export interface IngestAddress {
	readonly host: string;
	readonly port: number;
	/** `http://127.0.0.1:4001`. */
	readonly url: string;
}

/**
 * The server that applications send to: errors and traces of the Sentry SDKs, Web Vitals, logs, releases. Guarantee: a request is answered 200 only after the store
 * has acknowledged what is kept of it; everything that is refused or dropped is answered as such and counted. Bounded in time and memory whatever is sent.
 */
export function createIngest(options: IngestOptions): Ingest {
	const { ports, now, log, counters = createIngestCounters() } = options;
	const settings = { ...INGEST_SETTINGS, ...options.settings };
	let closing = false;
	const budget = createByteBudget(settings.bufferBytes);
	const desk: Desk = {
		ports,
		counters,
		budget,
		meter: createQuotaMeter(),
		keep: createKeep(ports.store, { timeoutMs: settings.storeTimeoutMs, log }),
		gate: createGate(settings.decompressions),
		metricsToken: options.metricsToken ?? null,
		moreMetrics: async () => (await options.moreMetrics?.().catch(() => '')) ?? '',
		isClosing: () => closing,
	};
	const answer = async (request: IncomingMessage, response: ServerResponse, goOn: () => void): Promise<void> => {
		const [path, search] = splitOnce(request.url ?? '/');
		const route = matchRoute(path);
		const label = labelRoute(route);
		counters.set('holdfast_ingest_buffered_bytes', {}, budget.used());
		let headers: Readonly<Record<string, string>> = {};
		let found: Answer;
		try {
			if (route === null && options.handleOther?.(request, response) === true) return;
			const decision = decideAnswer({ request, route, query: new URLSearchParams(search), receivedAt: now(), goOn }, desk);
			headers = decision.headers;
			found = await decision.answer();
		} catch (error) {
			log({ level: 'error', event: 'ingest.bug', route: label, place: placeOf(error) });
			found = refuse(500, 'bug', 'this server made a mistake');
		}
		counters.add('holdfast_ingest_requests_total', { route: label, status: String(found.status) });
		if (found.reason !== undefined) counters.add('holdfast_ingest_refusals_total', { route: label, reason: found.reason });
		writeAnswer(request, response, found, { headers, lingerMs: settings.lingerMs, last: closing });
	};
	const server = openServer(settings, counters, answer);
	server.on('error', (error) => {
		if (server.listening) log({ level: 'error', event: 'ingest.server-failed', reason: 'code' in error ? String(error.code) : error.name });
	});
	let closed: Promise<void> | null = null;
	return {
		counters,
		listen: (port, host = '127.0.0.1') => listen(server, port, host),
		close() {
			closing = true;
			closed ??= closeServer(server, settings.closeTimeoutMs);
			return closed;
		},
	};
}

type AnswerRequest = (request: IncomingMessage, response: ServerResponse, goOn: () => void) => Promise<void>;

function openServer(settings: IngestSettings, counters: Counters, answer: AnswerRequest): Server {
	const drop = (reason: string) => counters.add('holdfast_ingest_connections_dropped_total', { reason });
	const server = createServer({
		headersTimeout: settings.headersTimeoutMs,
		requestTimeout: settings.requestTimeoutMs,
		keepAliveTimeout: settings.keepAliveTimeoutMs,
		connectionsCheckingInterval: settings.checkIntervalMs,
		maxHeaderSize: 16 * 1024,
		noDelay: true,
	});
	server.maxConnections = settings.maxConnections;
	server.on('request', (request, response) => void answer(request, response, () => undefined));
	server.on('checkContinue', (request, response) => void answer(request, response, () => response.writeContinue()));
	server.on('clientError', (error, socket) => drop(answerBrokenRequest(error, socket)));
	server.on('drop', () => drop('too_many'));
	return server;
}

function listen(server: Server, port: number, host: string): Promise<IngestAddress> {
	return new Promise((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, host, () => {
			server.off('error', reject);
			const { address, family, port: bound } = addressOf(server);
			resolve({ host: address, port: bound, url: `http://${family === 'IPv6' ? `[${address}]` : address}:${bound}` });
		});
	});
}

async function closeServer(server: Server, timeoutMs: number): Promise<void> {
	if (!server.listening) return;
	const timer = setTimeout(() => server.closeAllConnections(), timeoutMs);
	await new Promise<void>((resolve) => {
		server.close(() => resolve());
		server.closeIdleConnections();
	});
	clearTimeout(timer);
}

/** A server that listens on a port has an address of this form. */
function addressOf(server: Server): AddressInfo {
	return server.address() as AddressInfo;
}

function labelRoute(route: Route | null): string {
	return route === null ? 'none' : route.kind === 'project' ? route.name : route.kind;
}

function splitOnce(url: string): readonly [string, string] {
	const at = url.indexOf('?');
	return at === -1 ? [url, ''] : [url.slice(0, at), url.slice(at + 1)];
}

/** Name of the error and the first line of its stack that is a place: its message may hold what was sent. */
function placeOf(error: unknown): string {
	if (!(error instanceof Error)) return 'something that is no error was thrown';
	return `${error.name} ${/^\s+at (.*)$/m.exec(error.stack ?? '')?.[1] ?? ''}`;
}
