/** A line of a document with the end it really has, so that what is put together again is the same to the byte. */
export interface RawLine {
	readonly text: string;
	/** `\n`, `\r\n`, `\r`, or empty for a last line without one. */
	readonly end: string;
}

/** The byte order mark, if there is one, and the lines; line N is at N - 1. */
export function cutLines(text: string): { readonly mark: string; readonly lines: readonly RawLine[] } {
	const mark = text.startsWith('\ufeff') ? '\ufeff' : '';
	const parts = text.slice(mark.length).split(/(\r\n|\n|\r)/);
	const lines: RawLine[] = [];
	for (let at = 0; at < parts.length; at += 2) lines.push({ text: parts[at] ?? '', end: parts[at + 1] ?? '' });
	return { mark, lines };
}

export function joinLines(mark: string, lines: readonly RawLine[]): string {
	return mark + lines.map((line) => line.text + line.end).join('');
}
