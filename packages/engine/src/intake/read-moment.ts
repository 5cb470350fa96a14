import { parseDuration } from '../config/duration.ts';
import { OperationError } from '../operation-error.ts';

/**
 * A moment as a person types it: `24h` is so long ago, else a date of ISO 8601.
 * @returns milliseconds since 1970
 * @throws OperationError `invalid`
 */
export function readMoment(name: string, text: string, now: number): number {
	const ago = parseDuration(text);
	if (ago !== null) return now - ago;
	const at = /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(text) : Number.NaN;
	if (!Number.isNaN(at)) return at;
	throw new OperationError('invalid', `${name}: expected how long ago, or a date, got ${JSON.stringify(text.slice(0, 60))}`, {
		hint: `For example ${name} 24h, or ${name} 2026-11-28T08:00:00Z.`,
	});
}
