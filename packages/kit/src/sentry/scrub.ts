import { createTextScrubber } from './scrub-text.ts';

const REMOVED = '[removed]';
/** Field names whose value is removed, however deep it lies; with `.` and `_` in span attributes. */
const SECRET_NAME = /cookie|authorization|passw(?:or)?d|passphrase|secret|token$|credential|(?:private|access|api)[-_.]?key|csrf/i;
/** Fields that are a query and nothing else. */
const QUERY_NAME = /(?:^|[._])query(?:_string)?$/i;
const MAX_DEPTH = 12;

export type Scrub = <T>(value: T) => T;

/**
 * Makes a function that takes cookies, credentials and the values of queries out of a value and all that it holds; names of transactions and spans are
 * text like any other. `known`: the application's own secrets by name, which are found in any text. The function gives a copy; what lies deeper than 12
 * levels, or refers to itself, is removed.
 */
export function createScrubber(known: ReadonlyMap<string, string> = new Map()): Scrub {
	const scrubText = createTextScrubber(known);
	const declared = new Set([...known.keys()].map((name) => name.toLowerCase()));
	const isSecretName = (name: string): boolean => SECRET_NAME.test(name) || declared.has(name.toLowerCase());
	const scrubQuery = (text: string): string => {
		const bare = text.replace(/^\?/, '');
		return bare === '' ? text : bare.includes('=') ? scrubText(`?${bare}`).slice(1) : REMOVED;
	};

	const walk = (value: unknown, name: string, depth: number): unknown => {
		if (value === null || value === undefined || typeof value === 'number' || typeof value === 'boolean') return value;
		if (isSecretName(name) || depth > MAX_DEPTH) return REMOVED;
		if (typeof value === 'string') return QUERY_NAME.test(name) ? scrubQuery(value) : scrubText(value);
		if (Array.isArray(value)) return QUERY_NAME.test(name) ? REMOVED : walkList(value, depth);
		if (typeof value !== 'object') return value;
		// Instances are the SDK's own machinery, for example the scopes of a span: it looks them up by identity and never sends them.
		const prototype: unknown = Object.getPrototypeOf(value);
		if (prototype !== Object.prototype && prototype !== null) return value;
		if (QUERY_NAME.test(name)) return REMOVED;
		const entries = Object.entries(value);
		// `{ name: 'cookie', value: '…' }`, as headers are often listed.
		const titled = entries.some(([key, item]) => /^(?:name|key)$/i.test(key) && typeof item === 'string' && isSecretName(item));
		return Object.fromEntries(
			entries.map(([key, item]) => [key, walk(item, titled && /^values?$/i.test(key) ? 'secret' : key, depth + 1)]),
		);
	};
	/** In a list of headers the value follows the name: `['cookie', '…']`. */
	const walkList = (items: readonly unknown[], depth: number): unknown[] =>
		items.map((item, index) => {
			const before = items[index - 1];
			return typeof item === 'string' && typeof before === 'string' && /^[\w.-]{1,60}$/.test(before) && isSecretName(before)
				? REMOVED
				: walk(item, '', depth + 1);
		});
	// Guarantee behind the cast: a copy of the same shape, with text in place of text and of what was removed.
	return <T>(value: T): T => walk(value, '', 0) as T;
}
