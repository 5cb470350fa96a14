import { toSeconds } from '../limits/rate-limit-headers.ts';
import { toStorable } from '../values/storable.ts';
import { MAX_BEACON_BYTES, readBeacon } from '../vitals/read-beacon.ts';
import { type Answer, accept, refuse } from './answer.ts';
import { WRONG_KEY } from './handle-envelope.ts';
import type { IngestCall } from './ingest-call.ts';

/** `POST /api/<project>/vitals/?key=<public key>[&release=<version>]`: a beacon of the kit. */
export async function handleVitals(call: IngestCall): Promise<Answer> {
	const { service, query, request, receivedAt } = call;
	const key = query.get('key') ?? query.get('sentry_key');
	if (key === null || !service.publicKeys.includes(key)) return refuse(403, 'unauthorized', WRONG_KEY);
	const limited = call.admit();
	if (limited !== null) return limited;
	const body = await call.readBody({ wireBytes: MAX_BEACON_BYTES, bytes: MAX_BEACON_BYTES });
	if (!body.ok) return body.answer;
	const release = query.get('release')?.trim().slice(0, 250) || null;
	const userAgent = (request.headers['user-agent'] ?? '').slice(0, 512);
	const beacon = readBeacon(body.bytes, { receivedAt, userAgent, release: release === null ? null : toStorable(release) });
	if (!beacon.ok) {
		call.count('vital', 'malformed', 1);
		return refuse(400, 'malformed', beacon.detail);
	}
	const { samples, malformedCount } = beacon;
	if (malformedCount > 0) call.count('vital', 'malformed', malformedCount);
	if (samples.length === 0) return accept({ kept: 0 });
	const retryAfterMs = call.meter('vital', samples.length);
	if (retryAfterMs > 0) {
		call.count('vital', 'limited', samples.length);
		return refuse(429, 'limited', 'the quota of this service is used up', { 'Retry-After': String(toSeconds(retryAfterMs)) });
	}
	const failure = await call.keep((store) => store.keepVitals({ service: service.name, receivedAt, samples }));
	call.count('vital', failure === null ? 'stored' : 'lost', samples.length);
	return failure ?? accept({ kept: samples.length });
}
