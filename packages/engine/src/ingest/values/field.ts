/** Reading values that strangers sent: what is not of the expected kind is null, and texts are cut. Nothing here throws. */

export type Fields = Readonly<Record<string, unknown>>;

/** 2000-01-01 and 2100-01-01: a time outside is a clock that was never set. */
const EARLIEST_MS = 946_684_800_000;
const LATEST_MS = 4_102_444_800_000;

/** @returns the value when it is an object and no list. */
export function readFields(value: unknown): Fields | null {
	// An object that is no list has nothing but names and values.
	return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : null;
}

/** @returns the value when it is a list, else an empty one. */
export function readList(value: unknown): readonly unknown[] {
	return Array.isArray(value) ? value : [];
}

/** @returns text, without white space around it and cut to `max` characters; null when it is none or empty. Numbers and truth values become text. */
export function readText(value: unknown, max: number): string | null {
	if (typeof value === 'number' || typeof value === 'boolean') return String(value);
	if (typeof value !== 'string') return null;
	const text = value.trim();
	return text === '' ? null : cutText(text, max);
}

/** @returns the value when it is a finite number, between both bounds where they are given. */
export function readNumber(value: unknown, min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY): number | null {
	return typeof value === 'number' && Number.isFinite(value) && value >= min && value <= max ? value : null;
}

/** @returns a whole number of 0 to a thousand million, else 0. */
export function readCount(value: unknown): number {
	return Math.floor(readNumber(value, 0, 1_000_000_000) ?? 0);
}

export function readBoolean(value: unknown): boolean | null {
	return typeof value === 'boolean' ? value : null;
}

/**
 * Seconds since 1970, as a number or in digits, or ISO 8601.
 * @returns milliseconds since 1970; null for anything else and for times outside the years 2000 to 2100.
 */
export function readTime(value: unknown): number | null {
	if (typeof value === 'string' && /^\d{9,11}(?:\.\d+)?$/.test(value)) return bound(Number(value) * 1000);
	if (typeof value === 'string' && value.length <= 40) return bound(Date.parse(withZone(value)));
	return typeof value === 'number' ? bound(value * 1000) : null;
}

/** @returns the value as lower-case hex without dashes when it is of that length, else null. */
export function readHex(value: unknown, length: number): string | null {
	if (typeof value !== 'string' || value.length > length + 8) return null;
	const hex = value.replaceAll('-', '').toLowerCase();
	return hex.length === length && /^[0-9a-f]+$/.test(hex) ? hex : null;
}

/** @returns a status of HTTP, also written in digits; null for anything outside 100 to 599. */
export function readHttpStatus(value: unknown): number | null {
	return readNumber(typeof value === 'string' && /^\d{3}$/.test(value) ? Number(value) : value, 100, 599);
}

/** @returns the text with at most `max` characters; an ellipsis stands for the rest, and no character is cut in two. */
export function cutText(text: string, max: number): string {
	if (text.length <= max) return text;
	const end = /[\ud800-\udbff]/.test(text.charAt(max - 2)) ? max - 2 : max - 1;
	return `${text.slice(0, end)}…`;
}

/** A time without a zone is UTC: some SDKs leave it out. */
function withZone(text: string): string {
	return /T[\d:.]+$/.test(text) ? `${text}Z` : text;
}

function bound(ms: number): number | null {
	return ms >= EARLIEST_MS && ms <= LATEST_MS ? Math.round(ms) : null;
}
