import { createHash } from 'node:crypto';
import { type Fields, readCount, readFields, readHex, readList, readNumber, readText, readTime } from '../values/field.ts';
import type { SessionCount, SessionStatus, SessionUpdate } from './trace.ts';

/** Of one `sessions` item (https://develop.sentry.dev/sdk/foundations/transport/envelopes/#size-limits). */
const MAX_COUNTS = 100;
const STATUSES: ReadonlySet<unknown> = new Set<SessionStatus>(['ok', 'exited', 'crashed', 'abnormal', 'unhandled']);
const ENDED_BADLY: ReadonlySet<SessionStatus> = new Set<SessionStatus>(['crashed', 'abnormal', 'unhandled']);

/** Reads the payload of a `session` item (https://develop.sentry.dev/sdk/telemetry/sessions/); null without its start, a known status or a release. */
export function readSession(payload: Fields, correct: (at: number | null) => number): SessionUpdate | null {
	const startedAt = readTime(payload.started);
	const status = payload.status ?? 'ok';
	const attributes = readAttributes(payload);
	if (startedAt === null || !STATUSES.has(status) || attributes === null) return null;
	const known = status as SessionStatus;
	const at = readTime(payload.timestamp) ?? startedAt;
	const duration = readNumber(payload.duration, 0, 30 * 24 * 3_600);
	return {
		...attributes,
		id: readHex(payload.sid, 32),
		first: payload.init === true,
		status: known,
		// A crash is an error, counted or not.
		errorCount: Math.max(ENDED_BADLY.has(known) ? 1 : 0, readCount(payload.errors)),
		startedAt: correct(startedAt),
		at: correct(at),
		durationMs: duration === null ? null : Math.round(duration * 1000),
		userHash: hashUser(payload.did),
	};
}

/** Reads the payload of a `sessions` item; empty when it has no release. */
export function readSessionCounts(payload: Fields, correct: (at: number | null) => number): readonly SessionCount[] {
	const attributes = readAttributes(payload);
	if (attributes === null) return [];
	return readList(payload.aggregates)
		.slice(0, MAX_COUNTS)
		.flatMap((raw) => {
			const counts = readFields(raw);
			const startedAt = readTime(counts?.started);
			if (counts === null || startedAt === null) return [];
			return [
				{
					...attributes,
					startedAt: correct(startedAt),
					healthyCount: readCount(counts.exited),
					erroredCount: readCount(counts.errored),
					abnormalCount: readCount(counts.abnormal),
					crashedCount: readCount(counts.crashed),
					unhandledCount: readCount(counts.unhandled),
				},
			];
		});
}

function readAttributes(payload: Fields): { readonly release: string; readonly environment: string } | null {
	const attributes = readFields(payload.attrs);
	const release = readText(attributes?.release, 250);
	return release === null ? null : { release, environment: readText(attributes?.environment, 64) ?? 'production' };
}

/** Enough to count people without their names; whoever knows a name can still look for it. */
function hashUser(value: unknown): string | null {
	const user = readText(value, 256);
	return user === null ? null : createHash('sha256').update(user).digest('hex').slice(0, 16);
}
