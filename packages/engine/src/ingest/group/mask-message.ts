/**
 * What differs from one occurrence of a message to the next, by how it looks, in the order in which it is looked for. Each pattern is bounded and begins
 * only where a word does, so that time grows with the length of the message. Numbers, hashes and ids get one mark: a hash may happen to be all digits.
 */
const PARTS: readonly (readonly [RegExp, string])[] = [
	[/\b[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,63}){1,6}\b/g, '<email>'],
	[/\b(https?:\/\/[^\s/"'<>?#]{1,200})[/?#][^\s"'<>]*/gi, '$1<path>'],
	[/(?<![\w-])[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}(?![\w-])/gi, '<value>'],
	[/\b\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d{1,9})?)?(?: ?Z|[+-]\d\d:?\d\d)?)?\b/g, '<date>'],
	[/\b0x[0-9a-f]{1,80}\b/gi, '<value>'],
	// With a unit, of which only the number is masked.
	[/(?<!\w)[+-]?\d{1,40}(?:[.,:]\d{1,40}){0,8}(?:e[+-]?\d{1,3})?(?=(?:ms|s|m|h|d|kb|mb|gb|b|px|%)?(?!\w))/gi, '<value>'],
	// `worker4` and `worker12`.
	[/\b([A-Za-z_]{1,40})\d{1,40}\b/g, '$1<value>'],
	// Hashes, and ids of databases and vendors: `3f2a9c1`, `usr_8fK2mQ`, `01HV8K`. A letter, two digits, six characters.
	[/\b(?=\d{0,40}[A-Za-z_])(?=[A-Za-z_]{0,40}\d\w{0,40}?\d)\w{6,80}\b/g, '<value>'],
];

/** Longer messages are grouped by their beginning. */
const MAX_LENGTH = 1_024;

/**
 * Puts `<value>` in place of numbers, ids, UUIDs and hashes, `<date>`, `<email>` and `<path>` in place of theirs, so that `Order 4211 not found` and
 * `Order 17 not found` read the same.
 */
export function maskMessage(message: string): string {
	const line = message.slice(0, MAX_LENGTH).replace(/\s+/g, ' ').trim();
	return PARTS.reduce((masked, [pattern, mark]) => masked.replace(pattern, mark), line);
}
