/**
 * Data as JSON that may be shown on a terminal: what JSON leaves as it is and a terminal obeys (control characters above ASCII, marks that
 * turn the direction of the text) is written as \uXXXX. The value read from it is the same.
 */
export function formatJson(data: unknown): string {
	return `${JSON.stringify(data, null, 2).replace(/[\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, escapeMark)}\n`;
}

function escapeMark(mark: string): string {
	return `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
