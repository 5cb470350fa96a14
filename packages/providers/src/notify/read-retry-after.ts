const longestMs = 24 * 60 * 60 * 1000;

/**
 * `Retry-After` in milliseconds (RFC 9110, 10.2.3: seconds, or a date). Decimals are taken too: Discord sends them.
 * @returns undefined for none, for nonsense, and for what lies in the past; at most a day.
 */
export function readRetryAfter(value: string | null, now: number): number | undefined {
	if (value === null) return undefined;
	const text = value.trim();
	const ms = /^\d{1,9}(?:\.\d{1,6})?$/.test(text) ? Number(text) * 1000 : readDate(text) - now;
	return Number.isFinite(ms) && ms > 0 ? Math.min(Math.ceil(ms), longestMs) : undefined;
}

/** `Date.parse` also reads `-5` as a year. */
function readDate(text: string): number {
	return /^[A-Za-z]{3,9}, /.test(text) ? Date.parse(text) : Number.NaN;
}
