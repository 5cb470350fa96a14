import type { Secret } from '@holdfast/checks/secret';
import { toStorable } from '../values/storable.ts';
import { SCRUBBED } from './scrub-text.ts';

/** Shorter values are words that stand in texts by chance. */
const SHORTEST = 6;

/** Takes the values of known secrets out of a text; the text itself when there are none in it. */
export type SecretEraser = (text: string) => string;

/** @returns an eraser of these values, also as JSON, a URL or base64 would write them. All are looked for at once, the longest first. */
export function createSecretEraser(secrets: readonly Secret[]): SecretEraser {
	const forms = secrets
		.map((secret) => secret.reveal())
		.filter((value) => value.length >= SHORTEST)
		.flatMap((value) => [
			value,
			JSON.stringify(value).slice(1, -1),
			encodeURIComponent(toStorable(value)),
			Buffer.from(value).toString('base64').replace(/=+$/, ''),
		]);
	if (forms.length === 0) return (text) => text;
	const longestFirst = [...new Set(forms)].toSorted((a, b) => b.length - a.length);
	const any = new RegExp(longestFirst.map(escapePattern).join('|'), 'g');
	return (text) => (text.length < SHORTEST ? text : text.replace(any, SCRUBBED));
}

function escapePattern(text: string): string {
	return text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
}
