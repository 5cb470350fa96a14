/**
 * What an envelope may hold. Sentry's own limits are at https://develop.sentry.dev/sdk/foundations/transport/envelopes/#size-limits: 1 MiB for an event,
 * a transaction, spans, logs; 100 KiB for a check-in; 4 KiB for a client report; 100 sessions in an envelope. The envelope as a whole is held in memory,
 * and what may be larger there (attachments, profiles, replays) is not kept here: so 20 MiB instead of 200.
 */
export interface EnvelopeLimits {
	/** Bytes of the whole envelope, decompressed. */
	readonly envelopeBytes: number;
	/** Bytes of the envelope's and of an item's header line. */
	readonly headerBytes: number;
	readonly itemCount: number;
	readonly sessionCount: number;
}

export const ENVELOPE_LIMITS: EnvelopeLimits = {
	envelopeBytes: 20 * 1024 * 1024,
	headerBytes: 64 * 1024,
	itemCount: 500,
	sessionCount: 100,
};

const MIB = 1024 * 1024;

/** Types of items that are read; everything else is skipped and counted. */
export type ReadItemType = 'event' | 'transaction' | 'span' | 'session' | 'sessions' | 'check_in' | 'client_report' | 'log';

export const ITEM_BYTES: Readonly<Record<ReadItemType, number>> = {
	event: MIB,
	transaction: MIB,
	span: MIB,
	log: MIB,
	session: 64 * 1024,
	sessions: 256 * 1024,
	check_in: 100 * 1024,
	client_report: 4 * 1024,
};

/** Types that official SDKs send and that are skipped; others are counted as `other`, because a stranger chooses their names. */
const SKIPPED: ReadonlySet<string> = new Set(
	'attachment user_report feedback profile profile_chunk replay_event replay_recording replay_video raw_security trace_metric statsd otel_log'.split(
		' ',
	),
);

export function isReadItemType(type: string): type is ReadItemType {
	return Object.hasOwn(ITEM_BYTES, type);
}

/** @returns the type as a label with few values. */
export function labelItemType(type: string): string {
	return isReadItemType(type) || SKIPPED.has(type) ? type : 'other';
}
