/** Times as a tired person reads them: exact in UTC, and how long. */

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** `02:58 UTC`, with its date where that is not the day of `at`; null when it is no time. */
export function formatInstant(time: number, at: number): string | null {
	if (!Number.isFinite(time) || Math.abs(time) > 8.64e15) return null;
	const [date = '', clock = ''] = new Date(time).toISOString().split('T');
	const shown = `${clock.slice(0, 5)} UTC`;
	return Math.floor(time / dayMs) === Math.floor(at / dayMs) ? shown : `${date} ${shown}`;
}

/** `12 s`, `4 min`, `3 h 5 min`, `6 d 4 h`. */
export function formatLasted(durationMs: number): string {
	const ms = Number.isFinite(durationMs) ? Math.max(0, durationMs) : 0;
	if (ms < minuteMs) return `${Math.floor(ms / 1000)} s`;
	if (ms < hourMs) return `${Math.floor(ms / minuteMs)} min`;
	return ms < 2 * dayMs ? join(ms, hourMs, 'h', minuteMs, 'min') : join(ms, dayMs, 'd', hourMs, 'h');
}

function join(ms: number, large: number, largeUnit: string, small: number, smallUnit: string): string {
	const rest = Math.floor((ms % large) / small);
	return `${Math.floor(ms / large)} ${largeUnit}${rest === 0 ? '' : ` ${rest} ${smallUnit}`}`;
}
