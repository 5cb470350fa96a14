import type { YAMLError } from 'yaml';

/** What the parser's codes mean for somebody who wrote the file by hand. Codes that are not here say little to anybody. */
const sentences: Readonly<Partial<Record<YAMLError['code'], string>>> = {
	ALIAS_PROPS: 'an alias takes no tag and no anchor',
	BAD_ALIAS: 'this alias stands for nothing',
	BAD_DQ_ESCAPE: 'no such escape in double quotes',
	BAD_INDENT: 'expected another indentation here',
	BAD_SCALAR_START: 'a text that begins with this character needs quotes',
	BLOCK_AS_IMPLICIT_KEY: 'expected a key and its value on one line',
	BLOCK_IN_FLOW: 'a list or map of several lines cannot stand inside brackets',
	DUPLICATE_KEY: 'this key stands twice, expected it once',
	MISSING_CHAR: 'a quote, bracket, comma or blank is missing here',
	MULTILINE_IMPLICIT_KEY: 'expected a key on one line',
	MULTIPLE_DOCS: 'expected one document, got a second one here',
	TAB_AS_INDENT: 'expected blanks, got a tab',
	UNEXPECTED_TOKEN: 'expected a key, a colon and a value, got something else',
};

/**
 * The first error of a file as one sentence. The parser stumbles on from there, so the rest is counted only; its own words are left
 * out, because they quote the file.
 *
 * @param count how many errors there are in all
 */
export function describeYamlError({ code }: Pick<YAMLError, 'code'>, count: number): string {
	const what = sentences[code] ?? 'expected a map of addresses and directives, got something else';
	return `invalid YAML: ${what}${count > 1 ? `, and ${count - 1} more` : ''}`;
}
