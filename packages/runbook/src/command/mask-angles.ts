import type { Placeholder } from '../model.ts';

/** Private-use characters stand for what a shell would take for redirections, pipes and spaces. */
const masks: readonly (readonly [char: string, mask: string])[] = [
	['<', '\ue000'],
	['>', '\ue001'],
	[' ', '\ue002'],
	['|', '\ue003'],
	['(', '\ue004'],
	[')', '\ue005'],
	["'", '\ue006'],
	['#', '\ue007'],
];

/** Hides placeholders such as `<pod name>` from the lexer, character for character, so that positions stay (rule X6). */
export function maskAngles(source: string, placeholders: readonly Placeholder[]): string {
	let masked = source;
	for (const { form, text } of placeholders) {
		if (form === 'angle') masked = masked.replaceAll(text, swap(text, 0, 1));
	}
	return masked;
}

/** Gives the words back as they are written. */
export function unmaskAngles(text: string): string {
	return /[\ue000-\ue007]/.test(text) ? swap(text, 1, 0) : text;
}

function swap(text: string, from: 0 | 1, to: 0 | 1): string {
	let swapped = text;
	for (const pair of masks) swapped = swapped.replaceAll(pair[from], pair[to]);
	return swapped;
}
