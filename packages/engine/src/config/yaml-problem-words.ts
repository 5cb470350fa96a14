import type { ErrorCode } from 'yaml';

/** Our words for YAML errors: the parser's own quote the source, in which a secret may stand. */
const words: Partial<Record<ErrorCode, string>> = {
	ALIAS_PROPS: 'an alias cannot carry a tag or an anchor',
	BAD_ALIAS: 'this alias is not well formed',
	BAD_DIRECTIVE: 'this directive is not known',
	BAD_DQ_ESCAPE: 'this escape is not known inside double quotes',
	BAD_INDENT: 'the indentation does not fit the lines around it',
	BAD_PROP_ORDER: 'anchors and tags stand after the dash or colon',
	BAD_SCALAR_START: 'a plain value cannot begin with this character: put it in quotes',
	BLOCK_AS_IMPLICIT_KEY: 'a colon follows where a value ends: a quote or an indentation is missing',
	BLOCK_IN_FLOW: 'a block cannot stand inside { } or [ ]',
	DUPLICATE_KEY: 'this key stands here twice',
	IMPOSSIBLE: 'this could not be read',
	KEY_OVER_1024_CHARS: 'this key is longer than 1024 characters',
	MISSING_CHAR: 'a closing quote, bracket, comma or colon is missing',
	MULTILINE_IMPLICIT_KEY: 'a key must stand on one line: a colon or a quote is missing',
	MULTIPLE_ANCHORS: 'there are several anchors on one value',
	MULTIPLE_DOCS: 'only one document is expected: remove the line ---',
	MULTIPLE_TAGS: 'there are several tags on one value',
	TAB_AS_INDENT: 'a tab is used for indentation: use spaces',
	TAG_RESOLVE_FAILED: 'this tag is not known',
	UNEXPECTED_TOKEN: 'something unexpected stands here: a quote or a bracket too many, or a line break missing',
};

export function describeYamlProblem(code: ErrorCode): string {
	return words[code] ?? 'this is not valid YAML';
}
