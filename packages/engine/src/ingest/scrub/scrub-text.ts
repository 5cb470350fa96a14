import { scrubCardNumbers } from './card-numbers.ts';
import { isSecretKey } from './secret-keys.ts';

/** Stands where something was taken out. */
export const SCRUBBED = '[scrubbed]';

/** What credentials look like wherever they stand; whoever has none of these marks is read no further. */
const MARKS =
	/[Bb]earer\s|[Bb]asic\s|eyJ|-----BEGIN|:\/\/[^\s/]*@|\d{4}[\d -]{8}|sk_|rk_|whsec_|gh[a-z]_|github_pat_|glpat-|xox|AKIA|AIza|sntry|npm_|\|[0-9a-f]{8}/;
/** Tokens that name their vendor, and `prod:calm-otter-123|…` of Convex. */
const VENDOR_TOKEN =
	/(?<![\w-])(?:(?:sk|rk)_(?:live|test)_\w{8,}|whsec_[\w+/=]{8,}|gh[opusr]_\w{16,}|github_pat_\w{16,}|glpat-[\w-]{16,}|xox[a-z]-[\w-]{8,}|AKIA[A-Z0-9]{12,}|AIza[\w-]{30,}|sntry[su]_[\w+/=-]{16,}|npm_\w{30,}|[\w:-]{1,80}\|[0-9a-f]{16,}[\w+/=-]*)/g;
const PRIVATE_KEY = /-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]{0,40}PRIVATE KEY-----|$)/g;
const JWT = /(?<![\w-])eyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?/g;
const SCHEME = /\b(bearer|basic)(\s{1,8})([\w.~+/=-]{8,})/gi;
const URL_USER = /(:\/\/)[^\s/@?#"'<>]{1,500}@/g;

/** A word with `=` or `:` after it; it may be quoted, also inside text that is quoted itself. Comparisons and arrows give no value. */
const NAMED = /(?<![\w.-])([\w.-]{2,100})((?:\\?["'])?\s{0,4}(?:=(?![=>~])|:(?!:))\s{0,4})/g;
/** Quoted, in brackets, a scheme with its word, or up to the next separator. Without an end where the text was cut. */
const VALUE =
	/\\"(?:[^"\\]|\\[^"])*(?:\\")?|"(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?|`(?:[^`\\]|\\.)*`?|\[[^\]]*\]?|\{[^}]*\}?|(?:(?:bearer|basic|digest|token)[ \t]{1,8})?[^\s"'`&,;}<)\]]+/iy;
/** Whole lines are theirs: `Cookie: a=1; b=2`. */
const WHOLE_LINE = /(?:cookie|authorization)$/i;
const LINE = /[^\r\n"']*/y;
/** What no secret is, so that `token: undefined` still tells. */
const PLAIN = /^(?:true|false|null|undefined|none|missing|required|invalid|expired|string|number|\[scrubbed\])$/i;
/** `TokenError: no such user` and `token: expired by its issuer` are sentences. */
const FAULT = /(?:error|exception|failure|fault)$/i;
const PASSWORD = /pass|pwd|secret/i;
const ENGLISH = /^[A-Za-z][a-z]{1,19}[.,]?$/;
/** `readToken(request)`, `process.env.TOKEN`, `undefined`. */
const EXPRESSION = /^[A-Za-z_$][A-Za-z_$.?!]*(?:[([{].*)?$/;

/**
 * Text with credentials, values of telling names, and card numbers taken out. Time grows with the length of the text and nothing else.
 * `code`: a line of source, in which only literals are values.
 */
export function scrubText(text: string, code = false): string {
	const assigned = text.includes('=') || text.includes(':') ? scrubAssignments(text, code) : text;
	if (!MARKS.test(assigned)) return assigned;
	const bare = assigned
		.replace(PRIVATE_KEY, SCRUBBED)
		.replace(SCHEME, (whole: string, scheme: string, gap: string, word: string) => (isRandom(word) ? scheme + gap + SCRUBBED : whole))
		.replace(JWT, SCRUBBED)
		.replace(URL_USER, `$1${SCRUBBED}@`)
		.replace(VENDOR_TOKEN, SCRUBBED);
	return scrubCardNumbers(bare, SCRUBBED);
}

/** Goes forward only: finds the names, then reads a value where a name asks for it. */
function scrubAssignments(text: string, code: boolean): string {
	let shown = '';
	let end = 0;
	NAMED.lastIndex = 0;
	for (let match = NAMED.exec(text); match !== null; match = NAMED.exec(text)) {
		const [whole, name = '', between = ''] = match;
		if (!isSecretKey(name)) continue;
		const from = match.index + whole.length;
		const value = readValue(text, from, name);
		const quote = /^\\?["'`]/.exec(value)?.[0] ?? '';
		if (quote === '' ? tellsNothing(name, between, value, code) : PLAIN.test(value.slice(quote.length, -quote.length))) continue;
		shown += `${text.slice(end, from)}${quote}${SCRUBBED}${quote}`;
		end = from + value.length;
		NAMED.lastIndex = end;
	}
	return end === 0 ? text : shown + text.slice(end);
}

function readValue(text: string, from: number, name: string): string {
	const quoted = /["'`\\[{]/.test(text.charAt(from));
	const form = WHOLE_LINE.test(name) && !quoted ? LINE : VALUE;
	form.lastIndex = from;
	return form.exec(text)?.[0] ?? '';
}

/** @param value not quoted. */
function tellsNothing(name: string, between: string, value: string, code: boolean): boolean {
	if (value === '' || PLAIN.test(value)) return true;
	if (code && EXPRESSION.test(value)) return true;
	const spoken = /:\s+$/.test(between);
	return spoken && (FAULT.test(name) || (!PASSWORD.test(name) && ENGLISH.test(value)));
}

/** `Basic authentication` is English; a token has digits, or capitals in the middle. */
function isRandom(word: string): boolean {
	return /\d/.test(word) || (/[a-z]/.test(word) && /[A-Z]/.test(word.slice(1))) || word.length > 40;
}
