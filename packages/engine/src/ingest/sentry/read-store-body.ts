import { readFields, readHex } from '../values/field.ts';
import { readJson } from '../values/json.ts';
import type { Envelope } from './parse-envelope.ts';

/**
 * Makes an envelope of the body of `/api/<project>/store/`, which is one event as JSON: out of use (https://develop.sentry.dev/sdk/foundations/transport/event-payloads/),
 * and still what old SDKs and scripts send. Null when it is no JSON object.
 */
export function readStoreBody(body: Buffer): Envelope | null {
	const json = readJson(body);
	const payload = json.ok ? readFields(json.value) : null;
	if (payload === null) return null;
	const header = { eventId: readHex(payload.event_id, 32), sentAt: null, dsn: null, sdk: null };
	return { header, items: [{ type: payload.type === 'transaction' ? 'transaction' : 'event', payload: body }] };
}
