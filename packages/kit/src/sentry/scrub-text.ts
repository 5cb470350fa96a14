const REMOVED = '…';
/** Longest text that is kept, in characters. */
const MAX_TEXT = 8192;
/** Shorter values are ordinary words too often. In characters. */
const MIN_KNOWN = 8;
/** A line of a secret of several lines, for example of a PEM key, in characters. */
const MIN_KNOWN_LINE = 16;

/** Words of names whose value is a secret: `SESSION_SECRET`, `x-api-key`, `csrfToken`, `__Host-session`. */
const SECRET_WORDS =
	'cookie|authorization|passw(?:or)?d|passphrase|secret|token|credential|private[-_. ]?key|api[-_. ]?key|access[-_. ]?key|csrf|__host-|__secure-';
/** `NAME=`, `NAME: `, `"name":"`, `{\"name\":\"`, `'name', '` of a list of headers, `name => `. The white space is bounded, so that time is. */
const ASSIGNED = String.raw`[\w.-]{0,60}(?:\\{0,4}["']?\]?\s{0,5}(?:=>?|:)\s{0,5}|\\{0,4}["']\s{0,5},\s{0,5}(?=\\{0,4}["']))`;
const VALUE = String.raw`(?:"(?:\\.|[^"\\])*"?|'(?:\\.|[^'\\])*'?|\\{1,4}"[^"]*"?|[^\s"'<>]+)`;
/** What follows a name and is no value: a word of a message that says what is wrong with it (`SESSION_SECRET: expected …`), a place in a file. */
const NO_VALUE =
	'(?!\\d+:\\d+(?!\\w)|(?:expected|is|are|was|were|has|had|not|no|must|should|missing|required|invalid|too|unset|undefined|null|true|false|empty|cannot|could)(?![\\w-]))';

/** Finds secrets in text. `known`: the application's own by name, wherever and in whatever they stand. */
export function createTextScrubber(known: ReadonlyMap<string, string> = new Map()): (text: string) => string {
	const values = [...new Set([...known.values()].flatMap(formsOf))].sort((one, other) => other.length - one.length);
	const names = [...known.keys()].map((name) => name.replace(/[^\w-]/g, '\\$&'));
	const assigned = new RegExp(`((?:${[...names, SECRET_WORDS].join('|')})${ASSIGNED})${NO_VALUE}${VALUE}`, 'gi');
	return (text) => {
		let scrubbed = text;
		// Before anything is cut: half a secret is one too.
		for (const value of values) scrubbed = scrubbed.replaceAll(value, REMOVED);
		return scrubPatterns(scrubbed.slice(0, MAX_TEXT)).replace(assigned, `$1${REMOVED}`);
	};
}

/** Credentials by their form, the values of queries, and the user of a URL. */
function scrubPatterns(text: string): string {
	return (
		text
			.replace(/-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]{0,40}PRIVATE KEY-----|$)/g, REMOVED)
			.replace(/\b((?:set-)?cookie|authorization)(["']?\s{0,5}[:=])[^\r\n]*/gi, `$1$2 ${REMOVED}`)
			.replace(/\b(bearer|basic) +[\w.~+/=-]{8,}/gi, `$1 ${REMOVED}`)
			// JSON Web Token (RFC 7519), a seal of iron-session, a deploy key of Convex (https://docs.convex.dev/cli/deploy-key-types).
			.replace(/\beyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?/g, REMOVED)
			.replace(/\bFe26\.2\*[^\s"';]+/g, REMOVED)
			.replace(/(?<![\w:.-])[\w:.-]{1,100}\|[\w+/=-]{24,}/g, REMOVED)
			.replace(/(?<![\w-])((?:[\w-]{1,40}[-_.])?(?:session|sid|jwt|auth)(?:[-_.]?(?:id|key))?)=[^\s"'<>;,&]+/gi, `$1=${REMOVED}`)
			.replace(/(:\/\/)[^\s/@?#"']{1,500}@/g, `$1${REMOVED}@`)
			.replace(/((?:https?:\/\/|^\/|\s\/)[^\s?#"']{0,2000}\?)[^\s#"'=&]{1,500}(?=$|[\s#"'])/g, `$1${REMOVED}`)
			.replace(/([?&#][^=&#\s"'<>?]{1,100})=[^&#\s"'<>]*/g, `$1=${REMOVED}`)
	);
}

/** A value as it is, in a URL, and in JSON; of one of several lines also each long line. */
function formsOf(value: string): string[] {
	const whole = value.trim();
	const lines = whole.includes('\n') ? whole.split(/\r?\n/).filter((line) => line.length >= MIN_KNOWN_LINE) : [];
	return [whole, encodeURIComponent(whole), JSON.stringify(whole).slice(1, -1), ...lines].filter((form) => form.length >= MIN_KNOWN);
}
