const names: ReadonlyMap<string, readonly [name: string, fix: string]> = new Map([
	['\u201c', ['a curly quotation mark', '"']],
	['\u201d', ['a curly quotation mark', '"']],
	['\u201e', ['a low quotation mark', '"']],
	['\u00ab', ['an angled quotation mark', '"']],
	['\u00bb', ['an angled quotation mark', '"']],
	['\u2018', ['a curly apostrophe', "'"]],
	['\u2019', ['a curly apostrophe', "'"]],
	['\u201a', ['a low apostrophe', "'"]],
	['\u2032', ['a prime', "'"]],
	['\u2013', ['an en dash', '-- or -']],
	['\u2014', ['an em dash', '-- or -']],
	['\u2212', ['a minus sign', '-']],
	['\u2010', ['a typographic hyphen', '-']],
	['\u2011', ['a non-breaking hyphen', '-']],
	['\u2026', ['an ellipsis', 'what it leaves out']],
	['\u00a0', ['a non-breaking space', 'a space']],
	['\u202f', ['a narrow non-breaking space', 'a space']],
	['\u2007', ['a figure space', 'a space']],
	['\u2009', ['a thin space', 'a space']],
	['\u3000', ['an ideographic space', 'a space']],
	['\u200b', ['a zero-width space', 'nothing']],
	['\u200c', ['a zero-width non-joiner', 'nothing']],
	['\u200d', ['a zero-width joiner', 'nothing']],
	['\u2060', ['a word joiner', 'nothing']],
	['\ufeff', ['a byte order mark', 'nothing']],
	['\u00ad', ['a soft hyphen', 'nothing']],
]);

const odd =
	/[\u00a0\u00ab\u00ad\u00bb\u2007\u2009\u200b-\u200f\u2010\u2011\u2013\u2014\u2018-\u201a\u201c-\u201e\u2026\u202a-\u202f\u2032\u2060-\u2069\u2212\u3000\ufeff]/;

/**
 * The first character that means something else to a shell than to a reader: quotes and dashes of a word processor, spaces that
 * are none, marks that turn the direction of text (rule X10).
 *
 * @returns a sentence that names it and says what to type, or null
 */
export function findOddCharacter(source: string): string | null {
	const found = odd.exec(source)?.[0];
	if (found === undefined) return null;
	const code = `U+${(found.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
	const known = names.get(found);
	if (known === undefined) return `holds a character that changes the direction of text (${code}): remove it`;
	const visible = /\s|[\u200b-\u200f\u2060\ufeff\u00ad]/.test(found) ? '' : `${found}, `;
	return `holds ${known[0]} (${visible}${code}): type ${known[1]} in its place`;
}
