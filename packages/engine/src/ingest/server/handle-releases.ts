import { toSeconds } from '../limits/rate-limit-headers.ts';
import { readRelease } from '../releases/read-release.ts';
import { readVercelRelease } from '../releases/read-vercel-release.ts';
import type { ReleaseReading } from '../releases/release-notice.ts';
import { scrub } from '../scrub/scrub.ts';
import { verifyHoldfastSignature, verifyVercelSignature } from '../signature/verify-signature.ts';
import { type Answer, accept, refuse } from './answer.ts';
import type { BodyLimits, IngestCall } from './ingest-call.ts';
import { readHeader } from './read-header.ts';

const BODY: BodyLimits = { wireBytes: 256 * 1024, bytes: 256 * 1024 };

/** `POST /api/<project>/releases/`: the generic webhook, signed. */
export async function handleReleases(call: IngestCall): Promise<Answer> {
	const { service, request, receivedAt } = call;
	const body = await call.readBody(BODY);
	if (!body.ok) return body.answer;
	const signature = readHeader(request, 'x-holdfast-signature');
	const verdict = verifyHoldfastSignature(signature, body.raw, { secrets: service.releaseSecrets, now: receivedAt });
	if (!verdict.ok) return refuse(403, 'unauthorized', verdict.detail);
	return keepRelease(call, readRelease(body.bytes, receivedAt));
}

/** `POST /api/<project>/releases/vercel/`: a webhook of Vercel about a deployment. */
export async function handleVercelReleases(call: IngestCall): Promise<Answer> {
	const { service, request, receivedAt } = call;
	const body = await call.readBody(BODY);
	if (!body.ok) return body.answer;
	const signature = readHeader(request, 'x-vercel-signature');
	const verdict = verifyVercelSignature(signature, [body.raw], service.vercelWebhookSecrets);
	if (!verdict.ok) return refuse(403, 'unauthorized', verdict.detail);
	return keepRelease(call, readVercelRelease(body.bytes, receivedAt));
}

async function keepRelease(call: IngestCall, reading: ReleaseReading): Promise<Answer> {
	const { service, receivedAt } = call;
	const limited = call.admit();
	if (limited !== null) return limited;
	if (!reading.ok) {
		call.count('release', 'malformed', 1);
		return refuse(400, 'malformed', reading.detail);
	}
	if (reading.notice === null) {
		call.count('release', 'skipped', 1);
		return accept({ kept: 0, detail: reading.detail });
	}
	const retryAfterMs = call.meter('release', 1);
	if (retryAfterMs > 0) {
		call.count('release', 'limited', 1);
		return refuse(429, 'limited', 'the quota of this service is used up', { 'Retry-After': String(toSeconds(retryAfterMs)) });
	}
	// Same shape in, same shape out: only texts change.
	const notice = scrub(reading.notice, { erase: call.erase }) as typeof reading.notice;
	const failure = await call.keep((store) => store.keepRelease({ service: service.name, receivedAt, notice }));
	call.count('release', failure === null ? 'stored' : 'lost', 1);
	return failure ?? accept({ kept: 1, id: notice.id });
}
