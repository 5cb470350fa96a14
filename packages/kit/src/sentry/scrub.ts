const REMOVED = '[removed]';
/** Field names whose value is removed, however deep it lies; with `.` and `_` in span attributes. */
const SECRET_NAME = /cookie|authorization|password|passwd|secret|token$|api[-_.]?key|csrf/i;
/** Fields that are a query and nothing else. */
const QUERY_NAME = /(?:^|[._])query(?:_string)?$/i;
const MAX_DEPTH = 12;
const MAX_TEXT = 8192;

/**
 * Takes cookies, credentials and the values of queries out of `value` and all that it holds; names of transactions and spans are text like any
 * other. Gives a copy; what lies deeper than 12 levels, or refers to itself, is removed.
 */
export function scrub<T>(value: T): T {
	return walk(value, '', 0) as T;
}

function walk(value: unknown, name: string, depth: number): unknown {
	if (value === null || value === undefined || typeof value === 'number' || typeof value === 'boolean') return value;
	if (SECRET_NAME.test(name) || depth > MAX_DEPTH) return REMOVED;
	if (typeof value === 'string') return QUERY_NAME.test(name) ? scrubQuery(value) : scrubText(value);
	if (Array.isArray(value)) return QUERY_NAME.test(name) ? REMOVED : value.map((item) => walk(item, '', depth + 1));
	if (typeof value !== 'object') return value;
	// Instances are the SDK's own machinery, for example the scopes of a span: it looks them up by identity and never sends them.
	const prototype: unknown = Object.getPrototypeOf(value);
	if (prototype !== Object.prototype && prototype !== null) return value;
	if (QUERY_NAME.test(name)) return REMOVED;
	return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, walk(item, key, depth + 1)]));
}

/** Text with the values of queries, the user of a URL, and credentials taken out. */
export function scrubText(text: string): string {
	return text
		.slice(0, MAX_TEXT)
		.replace(/\b((?:set-)?cookie|authorization)(["']?\s*[:=])[^\r\n]*/gi, '$1$2 …')
		.replace(/\b(bearer|basic) +[\w.~+/=-]{8,}/gi, '$1 …')
		.replace(/(:\/\/)[^\s/@?#"']{1,500}@/g, '$1…@')
		.replace(/((?:https?:\/\/|^\/|\s\/)[^\s?#"']{0,2000}\?)[^\s#"'=&]{1,500}(?=$|[\s#"'])/g, '$1…')
		.replace(/([?&#][^=&#\s"'<>?]{1,100})=[^&#\s"'<>]*/g, '$1=…');
}

function scrubQuery(text: string): string {
	const bare = text.replace(/^\?/, '');
	return bare === '' ? text : bare.includes('=') ? scrubText(`?${bare}`).slice(1) : REMOVED;
}
