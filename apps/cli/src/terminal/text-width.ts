// Made on first use: loading its data takes 10 ms, and plain text needs none.
let segmenter: Intl.Segmenter | null = null;
// Scripts and symbols that terminals draw two columns wide (Unicode East Asian Width W and F, and emoji).
const wide =
	/^(?:\p{Emoji_Presentation}|[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]|[\u{20000}-\u{3fffd}])/u;
const zero = /^(?:\p{Mn}|\p{Me}|\p{Cf})+$/u;
// ASCII, Latin-1 and the marks that our own output is made of: one column each, no need to look closer.
const plain = /^[\u0020-\u007e\u00a1-\u00ac\u00ae-\u02ff\u2010-\u2026\u2190-\u2193\u2588\u2591\u2610]*$/;

/** Columns that a text without escape sequences takes on a terminal. */
export function measureWidth(text: string): number {
	if (plain.test(text)) return text.length;
	let width = 0;
	for (const { segment } of splitGraphemes(text)) width += zero.test(segment) ? 0 : wide.test(segment) ? 2 : 1;
	return width;
}

/** Fills with spaces to a width; longer text stays as it is. */
export function padWidth(text: string, width: number): string {
	return text + ' '.repeat(Math.max(0, width - measureWidth(text)));
}

/** The longest head of a text that fits, at whole graphemes. */
export function cutWidth(text: string, width: number): string {
	if (plain.test(text)) return text.slice(0, Math.max(0, width));
	let head = '';
	let used = 0;
	for (const { segment } of splitGraphemes(text)) {
		used += measureWidth(segment);
		if (used > width) break;
		head += segment;
	}
	return head;
}

function splitGraphemes(text: string): Iterable<{ readonly segment: string }> {
	segmenter ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' });
	return segmenter.segment(text);
}
