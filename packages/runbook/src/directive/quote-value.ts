/**
 * Values of a directive, in and out of their written form (rules D4 and D5). Whatever would end an HTML comment, a table
 * cell, a code span or a line is written as an escape, so that any text can stand anywhere in a document.
 */

/** Values made of these characters alone, without `--`, stand without quotes. */
const plain = /^(?!.*--)[A-Za-z0-9_./:@%+,~#?&=[\]-]+$/;

/** Characters written as `\uXXXX`: controls, separators, lone surrogates, `|`, backquote, `<`, `>`, and byte order marks. */
const awkward = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\ufeff|`<>]/gu;

/** The written form of any text: bare where that is safe, else in double quotes with escapes. */
export function quoteValue(value: string): string {
	if (plain.test(value)) return value;
	const escaped = value
		.replace(/[\\"]/g, (mark) => `\\${mark}`)
		.replace(/\n/g, '\\n')
		.replace(/\t/g, '\\t')
		.replace(/--/g, '\\u002d\\u002d')
		.replace(awkward, (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`);
	return `"${escaped}"`;
}

export type Unquoted =
	| { readonly ok: true; readonly value: string }
	/** `at` is the offset of the escape in the written form. */
	| { readonly ok: false; readonly at: number; readonly escape: string };

/** Resolves the escapes of a written value, its quotes already taken off. */
export function unescapeValue(written: string): Unquoted {
	let value = '';
	for (let at = 0; at < written.length; at++) {
		const mark = written[at] ?? '';
		if (mark !== '\\') {
			value += mark;
			continue;
		}
		const next = written[at + 1] ?? '';
		const code = /^u([0-9a-fA-F]{4})/.exec(written.slice(at + 1, at + 6))?.[1];
		if (code !== undefined) {
			value += String.fromCharCode(Number.parseInt(code, 16));
			at += 5;
		} else if (next === 'n' || next === 't' || next === 'r') {
			value += next === 'n' ? '\n' : next === 't' ? '\t' : '\r';
			at++;
		} else if (next === '"' || next === '\\') {
			value += next;
			at++;
		} else return { ok: false, at, escape: `\\${next}` };
	}
	return { ok: true, value };
}
