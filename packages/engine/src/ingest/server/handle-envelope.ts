import { describeLimits } from '../limits/rate-limit-headers.ts';
import { agreeWithDsn, type KeyReading, readKey } from '../sentry/authenticate.ts';
import { ENVELOPE_LIMITS } from '../sentry/envelope-limits.ts';
import { type Envelope, type EnvelopeProblemCode, parseEnvelope, peekDsn } from '../sentry/parse-envelope.ts';
import { readStoreBody } from '../sentry/read-store-body.ts';
import { takeEnvelope } from '../sentry/take-envelope.ts';
import { type Answer, accept, refuse } from './answer.ts';
import type { IngestCall } from './ingest-call.ts';
import { readHeader } from './read-header.ts';

const BODY = { wireBytes: ENVELOPE_LIMITS.envelopeBytes, bytes: ENVELOPE_LIMITS.envelopeBytes };
/** One event and what stands around it. */
const STORE_BODY = { wireBytes: 1024 * 1024, bytes: 1024 * 1024 };
/** The same words for a key that is wrong and for a project that is not there. */
export const WRONG_KEY = 'expected the project and key of a DSN of this server, got others';

/** `POST /api/<project>/envelope/`: answers `{"id": …}` after what is kept of it has been acknowledged. */
export async function handleEnvelope(call: IngestCall): Promise<Answer> {
	// The key most often stands in the address: then nobody without one makes us read a body.
	const asked = readRequestKey(call);
	if (!asked.ok && asked.code !== 'absent') return refuse(403, 'unauthorized', asked.detail);
	if (asked.ok && !call.service.publicKeys.includes(asked.publicKey)) return refuse(403, 'unauthorized', WRONG_KEY);
	const early = asked.ok ? call.admit() : null;
	if (early !== null) return early;
	const body = await call.readBody(BODY);
	if (!body.ok) return body.answer;
	const key = agreeWithDsn(asked, peekDsn(body.bytes), call.projectId);
	if (!key.ok) return refuse(403, 'unauthorized', key.detail);
	if (!call.service.publicKeys.includes(key.publicKey)) return refuse(403, 'unauthorized', WRONG_KEY);
	const late = asked.ok ? null : call.admit();
	if (late !== null) return late;
	const parsed = parseEnvelope(body.bytes);
	if (!parsed.ok) {
		call.count('envelope', 'malformed', 1);
		return isSize(parsed.problem.code) ? refuse(413, 'too_large', parsed.problem.detail) : refuse(400, 'malformed', parsed.problem.detail);
	}
	return keepEnvelope(call, parsed.envelope);
}

/** `POST /api/<project>/store/`: one event as JSON, from old SDKs and scripts. */
export async function handleStore(call: IngestCall): Promise<Answer> {
	const key = readRequestKey(call);
	if (!key.ok) return refuse(403, 'unauthorized', key.detail);
	if (!call.service.publicKeys.includes(key.publicKey)) return refuse(403, 'unauthorized', WRONG_KEY);
	const limited = call.admit();
	if (limited !== null) return limited;
	const body = await call.readBody(STORE_BODY);
	if (!body.ok) return body.answer;
	const envelope = readStoreBody(body.bytes);
	if (envelope !== null) return keepEnvelope(call, envelope);
	call.count('event', 'malformed', 1);
	return refuse(400, 'malformed', 'expected an event as a JSON object, got something else');
}

function readRequestKey({ request, query }: IngestCall): KeyReading {
	const { authorization } = request.headers;
	const header = readHeader(request, 'x-sentry-auth') ?? (/^sentry /i.test(authorization ?? '') ? authorization : undefined);
	return readKey({ header, query: query.get('sentry_key') });
}

async function keepEnvelope(call: IngestCall, envelope: Envelope): Promise<Answer> {
	const { service, receivedAt, erase, meter } = call;
	const taken = takeEnvelope(envelope, { receivedAt, erase, meter });
	const keptCounts = taken.counts.filter(({ outcome }) => outcome === 'kept');
	for (const { kind, outcome, amount } of taken.counts) if (outcome !== 'kept') call.count(kind, outcome, amount);
	if (keptCounts.length > 0) {
		const failure = await call.keep((store) => store.keepEnvelope({ ...taken.kept, service: service.name }));
		for (const { kind, amount } of keptCounts) call.count(kind, failure === null ? 'stored' : 'lost', amount);
		if (failure !== null) return failure;
	}
	const limitHeaders = taken.limits.length === 0 ? null : describeLimits(taken.limits);
	if (keptCounts.length === 0 && limitHeaders !== null)
		return refuse(429, 'limited', 'the quota of this service is used up: come again after the time in Retry-After', limitHeaders);
	if (keptCounts.length === 0 && taken.counts.some(({ outcome }) => outcome === 'malformed'))
		return refuse(400, 'malformed', 'expected items as Sentry describes them, got none that could be read');
	// Part of it was dropped: the SDK is told, and the rest is as good as any.
	const headers = limitHeaders === null ? {} : { 'X-Sentry-Rate-Limits': limitHeaders['X-Sentry-Rate-Limits'] };
	return accept(taken.id === null ? {} : { id: taken.id }, headers);
}

function isSize(code: EnvelopeProblemCode): boolean {
	return code === 'too_large' || code === 'item_too_large' || code === 'too_many_items';
}
