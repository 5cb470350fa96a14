import { createHash } from 'node:crypto';
import { readFields, readHex, readText, readTime } from '../values/field.ts';
import { readJson } from '../values/json.ts';
import type { ReleaseEvent, ReleaseReading } from './release-notice.ts';

const EVENTS: ReadonlySet<unknown> = new Set<ReleaseEvent>(['started', 'built', 'live', 'rolled-back', 'failed', 'cancelled']);

/**
 * Reads the body of the generic webhook: `{"version": "shop@1.4.0", "event"?, "environment"?, "at"?, "commit"?, "title"?, "branch"?, "url"?, "deploymentId"?, "id"?}`.
 * Only the version is needed: it is live then, in production, now. Without an id the same body is the same notice. Never throws.
 */
export function readRelease(body: Uint8Array, receivedAt: number): ReleaseReading {
	const json = readJson(body);
	const fields = json.ok ? readFields(json.value) : null;
	if (fields === null) return { ok: false, detail: 'expected a JSON object with a version, got something else' };
	const version = readText(fields.version ?? fields.release, 250);
	if (version === null) return { ok: false, detail: 'expected a version, as errors name the release, got none' };
	const event = fields.event ?? 'live';
	if (!isReleaseEvent(event)) return { ok: false, detail: `expected event to be one of ${[...EVENTS].join(', ')}, got something else` };
	const at = readTime(fields.at);
	if (fields.at !== undefined && at === null)
		return { ok: false, detail: 'expected at to be a time in ISO 8601 or seconds since 1970, got something else' };
	return {
		ok: true,
		notice: {
			id: readText(fields.id, 128) ?? createHash('sha256').update(body).digest('hex').slice(0, 32),
			version,
			event,
			at: at ?? receivedAt,
			environment: readText(fields.environment, 64) ?? 'production',
			commit: readCommit(fields.commit),
			title: readFirstLine(fields.title),
			branch: readText(fields.branch, 200),
			url: readAddress(fields.url),
			deploymentId: readText(fields.deploymentId, 128),
			from: 'webhook',
		},
	};
}

/** Seven to forty characters of hex. */
export function readCommit(value: unknown): string | null {
	const length = typeof value === 'string' ? value.length : 0;
	return length >= 7 && length <= 40 ? readHex(value, length) : null;
}

export function readFirstLine(value: unknown): string | null {
	return readText(readText(value, 2_000)?.split(/\r?\n/, 1)[0], 200);
}

/** An http address, with or without its scheme, and without what may be secret in it. */
export function readAddress(value: unknown): string | null {
	const text = readText(value, 1_000);
	if (text === null) return null;
	const whole = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`;
	if (!URL.canParse(whole)) return null;
	const { protocol, origin, pathname } = new URL(whole);
	return /^https?:$/.test(protocol) ? `${origin}${pathname}`.replace(/\/$/, '') : null;
}

function isReleaseEvent(value: unknown): value is ReleaseEvent {
	return EVENTS.has(value);
}
