const LONGEST = 60;

/** A value in a message: short, on one line, without the credentials of a URL. */
export function describeValue(value: unknown): string {
	switch (typeof value) {
		case 'string':
			return value === '' ? 'an empty text' : shorten(JSON.stringify(value.replace(/(:\/\/)[^/@\s]*@/g, '$1[redacted]@')));
		case 'number':
		case 'boolean':
		case 'bigint':
			return String(value);
		case 'undefined':
			return 'nothing';
		default:
			if (value === null) return 'nothing';
			return Array.isArray(value) ? `a list of ${value.length}` : 'a map';
	}
}

function shorten(text: string): string {
	return text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 2)}…"`;
}
