import type { IncomingMessage } from 'node:http';
import { ACCEPTED_ENCODINGS, decompress } from '../body/decompress.ts';
import type { QuotaMeter } from '../limits/quota-meter.ts';
import { describeLimits } from '../limits/rate-limit-headers.ts';
import type { IngestPorts, IngestService } from '../ports.ts';
import { createSecretEraser, type SecretEraser } from '../scrub/known-secrets.ts';
import { type Answer, accept, refuse } from './answer.ts';
import { type Allowance, type ByteBudget, openAllowance } from './byte-budget.ts';
import { judgeOrigin, PREFLIGHT_HEADERS } from './cross-origin.ts';
import type { Gate } from './gate.ts';
import { handleEnvelope, handleStore, WRONG_KEY } from './handle-envelope.ts';
import { answerVerification, handleLogs, handleVercelLogs } from './handle-logs.ts';
import { handleMetrics, type MetricsDesk } from './handle-metrics.ts';
import { handleReleases, handleVercelReleases } from './handle-releases.ts';
import { handleVitals } from './handle-vitals.ts';
import type { BodyLimits, Handler, IngestCall, ReadBody } from './ingest-call.ts';
import type { Keep } from './keep.ts';
import { BROWSER_ROUTES, type ProjectRoute, type Route } from './match-route.ts';
import { readBody } from './read-body.ts';

const HANDLERS: Readonly<Record<ProjectRoute, Handler>> = {
	envelope: handleEnvelope,
	store: handleStore,
	vitals: handleVitals,
	logs: handleLogs,
	'logs/vercel': handleVercelLogs,
	releases: handleReleases,
	'releases/vercel': handleVercelReleases,
};

/** What all requests share. */
export interface Desk extends MetricsDesk {
	readonly ports: IngestPorts;
	readonly meter: QuotaMeter;
	readonly keep: Keep;
	readonly budget: ByteBudget;
	readonly gate: Gate;
	/** Whether the server is being closed. */
	readonly isClosing: () => boolean;
}

export interface Arrival {
	readonly request: IncomingMessage;
	readonly route: Route | null;
	readonly query: URLSearchParams;
	readonly receivedAt: number;
	/** Lets a sender that asked first go on (`Expect: 100-continue`). */
	readonly goOn: () => void;
}

/** Headers that every answer to the request has, and what it is answered. */
export interface Decision {
	readonly headers: Readonly<Record<string, string>>;
	readonly answer: () => Promise<Answer>;
}

/** Decides what becomes of a request, cheapest first: route, service, origin, method, readiness; only then does a handler look at keys, and read a body. */
export function decideAnswer(arrival: Arrival, desk: Desk): Decision {
	const { request, route } = arrival;
	if (route === null) return now(refuse(404, 'no_route', 'nothing lives at this address'));
	if (route.kind === 'health') return now(answerHealth(desk));
	if (route.kind === 'metrics') return { headers: {}, answer: () => handleMetrics(request, desk) };
	const service = desk.ports.services.find(route.projectId);
	if (service === null) return now(refuse(403, 'unauthorized', WRONG_KEY));
	const origin = judgeOrigin(request, service, route.name);
	if (!origin.ok) return now(refuse(403, 'origin', 'expected an origin that the configuration of this service names, got another'));
	const decided = decideForService({ ...arrival, name: route.name, projectId: route.projectId, service }, desk);
	return { headers: origin.headers, answer: decided };
}

function now(answer: Answer): Decision {
	return { headers: {}, answer: () => Promise.resolve(answer) };
}

interface ServiceArrival extends Arrival {
	readonly name: ProjectRoute;
	readonly projectId: string;
	readonly service: IngestService;
}

function decideForService(arrival: ServiceArrival, desk: Desk): () => Promise<Answer> {
	const { request, name, service } = arrival;
	const { method } = request;
	const at = (answer: Answer) => () => Promise.resolve(answer);
	if (method === 'OPTIONS' && BROWSER_ROUTES.has(name)) return at({ status: 204, body: '', headers: PREFLIGHT_HEADERS });
	if ((method === 'GET' || method === 'HEAD') && name === 'logs/vercel') return at(answerVerification(service));
	if (method !== 'POST') return at(refuse(405, 'method', 'expected POST', { Allow: BROWSER_ROUTES.has(name) ? 'POST, OPTIONS' : 'POST' }));
	if (!desk.ports.store.isReady()) return at(refuse(503, 'not_ready', 'the storage of this server is not there right now'));
	return () => handle(arrival, desk);
}

async function handle(arrival: ServiceArrival, desk: Desk): Promise<Answer> {
	const { request, name, projectId, service, query, receivedAt } = arrival;
	const allowance = openAllowance(desk.budget);
	const meter: IngestCall['meter'] = (category, amount) =>
		desk.meter({ service: service.name, quotas: service.quotas, category, amount, now: receivedAt });
	const call: IngestCall = {
		service,
		projectId,
		request,
		query,
		receivedAt,
		erase: eraserOf(service),
		keep: desk.keep,
		readBody: (limits) => takeBody(arrival, limits, { desk, allowance }),
		meter,
		admit: () => admit(meter('request', 1)),
		count: (kind, outcome, amount) => desk.counters.add('holdfast_ingest_items_total', { service: service.name, kind, outcome }, amount),
	};
	try {
		return await HANDLERS[name](call);
	} finally {
		allowance.release();
	}
}

function admit(retryAfterMs: number): Answer | null {
	if (retryAfterMs === 0) return null;
	const headers = describeLimits([{ category: null, retryAfterMs }]);
	return refuse(429, 'limited', 'more requests than the quota of this service allows', { ...headers });
}

async function takeBody(
	{ request, goOn }: Arrival,
	limits: BodyLimits,
	{ desk, allowance }: { desk: Desk; allowance: Allowance },
): Promise<ReadBody> {
	const reading = await readBody(request, { maxBytes: limits.wireBytes, budget: allowance, goOn });
	if (!reading.ok) return { ok: false, answer: refuseBody(reading.code, limits) };
	const raw = reading.bytes;
	desk.counters.add('holdfast_ingest_received_bytes_total', {}, raw.length);
	const encoding = request.headers['content-encoding'];
	if (encoding === undefined) return { ok: true, bytes: raw, raw };
	const result = await desk.gate(() => decompress(raw, encoding, limits.bytes));
	if (!result.ok) {
		const headers: Readonly<Record<string, string>> = result.status === 415 ? { 'Accept-Encoding': ACCEPTED_ENCODINGS } : {};
		return { ok: false, answer: refuse(result.status, result.code, result.detail, headers) };
	}
	if (!allowance.take(result.bytes.length)) return { ok: false, answer: refuseBody('overloaded', limits) };
	return { ok: true, bytes: result.bytes, raw };
}

function refuseBody(code: 'too_large' | 'overloaded' | 'aborted', { wireBytes }: BodyLimits): Answer {
	switch (code) {
		case 'too_large':
			return refuse(413, 'too_large', `expected a body of at most ${wireBytes} bytes, got more`);
		case 'overloaded':
			return refuse(503, 'overloaded', 'too many bodies at once: this server holds no more of them');
		case 'aborted':
			return refuse(400, 'aborted', 'expected the whole body, got its beginning');
	}
}

/** Patterns are made once for each service. */
const erasers = new WeakMap<IngestService, SecretEraser>();

function eraserOf(service: IngestService): SecretEraser {
	const known = erasers.get(service);
	if (known !== undefined) return known;
	const made = createSecretEraser(service.knownSecrets);
	erasers.set(service, made);
	return made;
}

function answerHealth({ ports, isClosing }: Desk): Answer {
	return !isClosing() && ports.store.isReady() ? accept({ status: 'ok' }) : { status: 503, body: { status: 'error' } };
}
