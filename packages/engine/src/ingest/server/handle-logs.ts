import type { DrainReading } from '../drains/drain-line.ts';
import { readJsonLines } from '../drains/read-json-lines.ts';
import { readVercelLines } from '../drains/read-vercel-lines.ts';
import { toSeconds } from '../limits/rate-limit-headers.ts';
import { isSameText } from '../signature/same-digest.ts';
import { verifyHoldfastSignature, verifyVercelSignature } from '../signature/verify-signature.ts';
import { type Answer, accept, refuse } from './answer.ts';
import type { BodyLimits, IngestCall } from './ingest-call.ts';
import { readHeader } from './read-header.ts';

const MIB = 1024 * 1024;
const BODY: BodyLimits = { wireBytes: 10 * MIB, bytes: 10 * MIB };

/** `POST /api/<project>/logs/`: JSON lines, with `Authorization: Bearer <secret>` or signed. */
export async function handleLogs(call: IngestCall): Promise<Answer> {
	const { service, request, receivedAt } = call;
	const [, bearer] = /^bearer\s+(\S+)$/i.exec(request.headers.authorization ?? '') ?? [];
	const trusted = bearer !== undefined && service.drainSecrets.some((secret) => isSameText(bearer, secret.reveal()));
	if (bearer !== undefined && !trusted) return refuse(403, 'unauthorized', 'expected the bearer token of this log drain, got another');
	const signature = readHeader(request, 'x-holdfast-signature');
	if (!trusted && signature === undefined)
		return refuse(403, 'unauthorized', 'expected Authorization: Bearer <secret of the log drain> or x-holdfast-signature, got neither');
	const body = await call.readBody(BODY);
	if (!body.ok) return body.answer;
	if (!trusted) {
		const verdict = verifyHoldfastSignature(signature, body.raw, { secrets: service.drainSecrets, now: receivedAt });
		if (!verdict.ok) return refuse(403, 'unauthorized', verdict.detail);
	}
	return keepLines(call, () => readJsonLines(body.bytes, { receivedAt, scrub: { erase: call.erase } }));
}

/** `POST /api/<project>/logs/vercel/`: a delivery of a Vercel log drain, signed by Vercel. */
export async function handleVercelLogs(call: IngestCall): Promise<Answer> {
	const { service, request, receivedAt } = call;
	if (service.vercelDrain === null)
		return refuse(403, 'unauthorized', 'expected a log drain that the configuration of this service names, it names none');
	const { secrets, verify } = service.vercelDrain;
	const headers: Readonly<Record<string, string>> = verify === null ? {} : { 'x-vercel-verify': verify };
	const body = await call.readBody(BODY);
	if (!body.ok) return { ...body.answer, headers: { ...body.answer.headers, ...headers } };
	// While a drain is set up, Vercel looks whether the address answers with the header; there is nothing to keep then, and nothing to be signed.
	if (isEmpty(body.bytes)) return accept({ kept: 0 }, headers);
	const verdict = verifyVercelSignature(readHeader(request, 'x-vercel-signature'), [body.raw, body.bytes], secrets);
	if (!verdict.ok) return refuse(403, 'unauthorized', verdict.detail, headers);
	const answer = await keepLines(call, () => readVercelLines(body.bytes, { receivedAt, scrub: { erase: call.erase } }));
	return { ...answer, headers: { ...answer.headers, ...headers } };
}

/** `GET /api/<project>/logs/vercel/`: the same look, by whoever sets the drain up. */
export function answerVerification({ vercelDrain }: IngestCall['service']): Answer {
	const verify = vercelDrain?.verify ?? null;
	return verify === null
		? refuse(405, 'method', 'expected POST', { Allow: 'POST' })
		: accept({ status: 'ok' }, { 'x-vercel-verify': verify });
}

/** @param read reads the lines: not before the sender is admitted. */
async function keepLines(call: IngestCall, read: () => DrainReading): Promise<Answer> {
	const limited = call.admit();
	if (limited !== null) return limited;
	const reading = read();
	if (!reading.ok) {
		call.count('log_line', 'malformed', 1);
		return refuse(400, 'malformed', reading.detail);
	}
	const { lines, malformedCount } = reading;
	if (malformedCount > 0) call.count('log_line', 'malformed', malformedCount);
	if (lines.length === 0) return refuse(400, 'malformed', 'expected log lines with a message, got none');
	const retryAfterMs = call.meter('log_line', lines.length);
	if (retryAfterMs > 0) {
		call.count('log_line', 'limited', lines.length);
		return refuse(429, 'limited', 'the quota of this service is used up', { 'Retry-After': String(toSeconds(retryAfterMs)) });
	}
	const failure = await call.keep((store) => store.keepLines({ service: call.service.name, receivedAt: call.receivedAt, lines }));
	call.count('log_line', failure === null ? 'stored' : 'lost', lines.length);
	return failure ?? accept({ kept: lines.length });
}

/** Nothing, an empty list or an empty object. */
function isEmpty(bytes: Buffer): boolean {
	return bytes.length <= 64 && /^\s*(?:\[\s*\]|\{\s*\})?\s*$/.test(bytes.toString('latin1'));
}
