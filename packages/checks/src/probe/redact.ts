/** Takes secrets out of what is shown: evidence, reasons, keys. Says that something was there, never what. */
import { isSecretName, isTellingName } from './secret-names.ts';
import { isShownHeader } from './shown-headers.ts';

/** Longest part of a header's value that is looked at and shown, in characters. */
const maxHeaderCharacters = 1024;

/** @returns the URL without user, password, fragment, and with the values of secret-looking parameters replaced. */
export function redactUrl(raw: string): string {
	if (!URL.canParse(raw)) return redactText(raw.slice(0, 200));
	const url = new URL(raw);
	url.username = '';
	url.password = '';
	url.hash = '';
	const parameters = url.search === '' ? [] : [...url.searchParams];
	if (parameters.some(([name]) => isSecretParameter(name))) {
		const shown = parameters.map(([name, value]): [string, string] => [name, isSecretParameter(name) ? 'redacted' : value]);
		url.search = new URLSearchParams(shown).toString();
	}
	return url.href;
}

function isSecretParameter(name: string): boolean {
	return isSecretName(name) || /session|auth|^code$|^key$/i.test(name);
}

/** @returns one line of a header as it may be shown: in full where its value is known to hold no secret, else its length. */
export function redactHeader(name: string, value: string): string {
	const lower = name.toLowerCase();
	if (lower === 'set-cookie') return `${name}: ${redactCookie(value)}`;
	if (lower !== 'location' && !isShownHeader(lower)) return `${name}: [${value.length} characters]`;
	const cut = value.slice(0, maxHeaderCharacters);
	const shown = lower === 'location' ? redactLocation(cut) : redactText(cut);
	return `${name}: ${shown}${cut.length < value.length ? `… [${value.length} characters]` : ''}`;
}

const nowhere = 'http://nowhere.invalid';

/** Relative ones are cleaned like whole URLs, and stay relative. */
function redactLocation(value: string): string {
	if (URL.canParse(value)) return redactUrl(value);
	if (!URL.canParse(value, nowhere)) return redactText(value);
	const shown = redactUrl(new URL(value, nowhere).href);
	return shown.startsWith(`${nowhere}/`) ? shown.slice(nowhere.length) : shown.slice('http:'.length);
}

const cookieAttributes = new Set(['path', 'domain', 'expires', 'max-age', 'secure', 'httponly', 'samesite', 'priority', 'partitioned']);

/** Name and attributes stay. A pair without `=` is a value without a name, and is masked as a whole. */
export function redactCookie(setCookie: string): string {
	const [pair = '', ...attributes] = setCookie.slice(0, 4 * maxHeaderCharacters).split(';');
	const at = pair.indexOf('=');
	const masked = at === -1 ? mask(pair) : `${pair.slice(0, at).trim()}=${mask(pair.slice(at + 1))}`;
	const kept = attributes.map((attribute) =>
		cookieAttributes.has((attribute.split('=')[0] ?? '').trim().toLowerCase()) ? attribute : ` ${mask(attribute)}`,
	);
	return [masked, ...kept].join(';');
}

function mask(value: string): string {
	return `[${value.trim().length} characters]`;
}

/** A name with `=` or `:` after it. Begins only where a word does, so that every word is read once. */
const head = /(?<![\w-])([\w-]+)((?:\\?["'])?\s{0,8}[=:]\s{0,8})/g;
/** What may follow: quoted, in brackets, or up to the next separator; without its end where the text was cut. */
const valueForms =
	/\\"[^"\\]*(?:\\")?|"(?:[^"\\]|\\.)*"?|'[^']*'?|\[[^\]]*\]?|\{[^{}]*\}?|(?:(?:bearer|basic|digest|convex|token)[ \t]{1,8})?[^\s"'&,;}<]+/iy;

/** What a health answer says of its parts (`"auth": "ok"`), and how a sentence goes on: `kit.token: the variable … is not set`. */
const plainWord =
	/^(?:true|false|null|ok|up|down|pass|fail|failed|error|warn|degraded|healthy|unhealthy|ready|missing|present|set|unset|valid|invalid|expired|enabled|disabled|active|connected|disconnected|none|unknown|the|expected)$/i;

/** Without one of these no rule below finds anything: most reasons are such texts. */
const suspicious = /[=:|@]|bearer|basic|eyJ/i;

/** Masks what looks like a credential inside free text. */
export function redactText(text: string): string {
	if (!suspicious.test(text)) return text;
	return redactAssignments(text.replace(/\/\/[^/\s@"'<>]+@/g, '//[redacted]@'))
		.replace(/\b(bearer|basic)\s{1,8}([\w.~+/=-]{16,})/gi, (whole: string, scheme: string, word: string) =>
			looksRandom(word) ? `${scheme} [redacted]` : whole,
		)
		.replace(/(?<![\w-])(?:(\w{1,40}):)?[\w-]{1,80}\|([\w+/=-]{8,})/g, (whole: string, kind: string | undefined, key: string) =>
			isConvexKey(kind, key) ? '[redacted]' : whole,
		)
		.replace(/(?<![\w-])eyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?/g, '[redacted]');
}

/** In two steps, each going forward only: find the names, then read a value where a name asks for it. */
function redactAssignments(text: string): string {
	let shown = '';
	let end = 0;
	for (const { 0: whole, 1: name = '', 2: between = '', index } of text.matchAll(head)) {
		const from = index + whole.length;
		if (index < end || !asksForMask(name, between, text[from])) continue;
		const value = readValue(text, from);
		const quote = /^\\?["']/.exec(value)?.[0] ?? '';
		if (value === '' || plainWord.test(quote === '' ? value : value.slice(quote.length, -quote.length))) continue;
		shown += `${text.slice(end, from)}${quote}[redacted]${quote}`;
		end = from + value.length;
	}
	return shown + text.slice(end);
}

function asksForMask(name: string, between: string, next: string | undefined): boolean {
	if (isTellingName(name)) return true;
	// Fields of an object or a list are judged by their own names, unless the name outside tells that all of it is secret.
	return /["'=]/.test(between) && next !== '{' && next !== '[' && isSecretName(name);
}

function readValue(text: string, from: number): string {
	valueForms.lastIndex = from;
	return valueForms.exec(text)?.[0] ?? '';
}

/** Written by hand, `Basic authentication` is English; a token has digits, or capitals in the middle. */
function looksRandom(word: string): boolean {
	return /\d/.test(word) || (/[a-z]/.test(word) && /[A-Z]/.test(word.slice(1)));
}

/** `prod:calm-otter|0123…`, or `calm-otter|0123…` of a self-hosted backend. */
function isConvexKey(kind: string | undefined, key: string): boolean {
	return kind === undefined ? /^[0-9a-f]{16,}$/i.test(key) : /\d/.test(key);
}
