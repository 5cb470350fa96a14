/** Takes values that must never be shown out of texts, whoever put them there. */

import type { ServiceTarget } from '@holdfast/checks/contract';

/** Shorter values are words that stand in texts by chance. */
const shortest = 6;

/**
 * @param values secrets as they are used, read once and not kept anywhere else.
 * @returns a function that gives the same value with every occurrence in its texts masked, also as JSON, HTML, URL or base64 would write it, and with its white space as one space.
 */
export function createMask(values: readonly string[]): <T>(value: T) => T {
	const forms = values
		.filter((value) => value.length >= shortest)
		.flatMap((value) => [value, JSON.stringify(value).slice(1, -1), encodeURIComponent(value), Buffer.from(value).toString('base64')])
		// Logs are shown with their white space as one space, pages write `&`, `<` and quotes in a form of their own.
		.flatMap((form) => [form, form.replace(/\s+/g, ' ')])
		.flatMap((form) => [form, escapeHtml(form)]);
	// The longest first: one secret may contain another.
	const wanted = [...new Set(forms)].toSorted((a, b) => b.length - a.length);
	if (wanted.length === 0) return (value) => value;
	const maskText = (text: string): string => wanted.reduce((masked, form) => masked.replaceAll(form, '[redacted]'), text);
	const mask = (value: unknown): unknown => {
		if (typeof value === 'string') return maskText(value);
		if (Array.isArray(value)) return value.map(mask);
		if (typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype)
			return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, mask(field)]));
		return value;
	};
	// Same shape in, same shape out: only texts are replaced.
	return <T>(value: T) => mask(value) as T;
}

function escapeHtml(text: string): string {
	return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

/** Every secret that checks of this service are handed. */
export function listSecrets({ kitToken, convexAdminKey, sentry, synthetic }: ServiceTarget): readonly string[] {
	return [kitToken, convexAdminKey, sentry?.token, synthetic?.password].flatMap((secret) =>
		secret === undefined ? [] : [secret.reveal()],
	);
}
