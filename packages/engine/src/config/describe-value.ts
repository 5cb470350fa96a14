const LONGEST = 60;

/** A value in a message: short, on one line. A text that holds a URL is told by its kind only: tokens stand in paths and queries too. */
export function describeValue(value: unknown): string {
	if (typeof value === 'number' || typeof value === 'bigint') return String(value);
	if (typeof value !== 'string' || value === '' || value.includes('://')) return describeKind(value);
	return shorten(JSON.stringify(cutCredentials(value)));
}

/** What a value is, without any part of it: for places where a secret may have been put. */
export function describeKind(value: unknown): string {
	switch (typeof value) {
		case 'string':
			return value === '' ? 'an empty text' : `a text of ${value.length} ${value.length === 1 ? 'character' : 'characters'}`;
		case 'number':
		case 'bigint':
			return 'a number';
		case 'boolean':
			return String(value);
		case 'undefined':
			return 'nothing';
		default:
			if (value === null) return 'nothing';
			return Array.isArray(value) ? `a list of ${value.length}` : 'a map';
	}
}

/** Whatever stands before the last `@` may be a user name and a password, however they are written: all of it goes. */
export function cutCredentials(text: string): string {
	const at = text.lastIndexOf('@');
	return at < 0 ? text : `[redacted]${text.slice(at)}`;
}

function shorten(text: string): string {
	return text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 2)}…"`;
}
