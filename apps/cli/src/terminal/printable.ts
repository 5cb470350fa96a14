/**
 * Text of documents and servers made safe to print: control characters (with them every escape sequence) and marks that turn the
 * direction of the text become visible, so that nothing a stranger wrote can move the cursor, set a title or hide a word.
 */
export function makePrintable(text: string): string {
	return text.replace(/\t/g, ' ').replace(/\p{Cc}|[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu, showMark);
}

function showMark(mark: string): string {
	const code = mark.codePointAt(0) ?? 0;
	if (mark === '\n') return mark;
	return code < 0x20 ? String.fromCodePoint(0x2400 + code) : '\ufffd';
}
