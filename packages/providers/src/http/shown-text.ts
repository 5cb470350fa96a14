import { redactText } from '@holdfast/checks/target';

/** Somebody else's text as it may be shown: redacted, one line unless told otherwise, no control characters, cut. */
export function showText(text: string, maxCharacters = 500): string {
	return redactText(text.slice(0, maxCharacters * 4))
		.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
		.trim()
		.slice(0, maxCharacters);
}

/** @returns the value, or undefined when the text is no JSON. */
export function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

/** @returns ISO 8601 UTC of a time in any form that `Date` reads, or of milliseconds since the epoch; null for anything else. */
export function readTime(time: unknown): string | null {
	const at = typeof time === 'number' ? time : typeof time === 'string' ? Date.parse(time) : Number.NaN;
	return Number.isFinite(at) && Math.abs(at) < 8.64e15 ? new Date(at).toISOString() : null;
}
