/** Clocks that differ by less are left alone: the difference is mostly the way the envelope took. */
const TOLERATED_MS = 5 * 60_000;
/** Older than this is no time of an event but of a broken clock (the limit that Sentry names as well). */
const OLDEST_MS = 30 * 24 * 3_600_000;
const AHEAD_MS = 60_000;

/**
 * Corrects times by what the sender's clock said on sending (`sent_at`, https://develop.sentry.dev/sdk/foundations/transport/envelopes/#headers).
 * @returns a function from a time of the sender to ours; without a time, and with one that is still more than a minute ahead or 30 days old, when it was received.
 */
export function createTimeCorrection(sentAt: number | null, receivedAt: number): (at: number | null) => number {
	const drift = sentAt === null ? 0 : receivedAt - sentAt;
	const shift = Math.abs(drift) > TOLERATED_MS ? drift : 0;
	return (at) => {
		const corrected = at === null ? receivedAt : at + shift;
		return corrected > receivedAt + AHEAD_MS || corrected < receivedAt - OLDEST_MS ? receivedAt : corrected;
	};
}
