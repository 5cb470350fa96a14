/** What is wrong with a secret, without saying anything about its content. */
export type SecretFault =
	| { readonly code: 'missing' }
	| { readonly code: 'too-short'; readonly length: number }
	| { readonly code: 'white-space'; readonly length: number }
	| { readonly code: 'sample-value'; readonly length: number };

/** Own floor, in line with a 256-bit HMAC key written in hex or base64 (32 characters at the least). */
export const MIN_SECRET_LENGTH = 32;

/**
 * Judges a secret by presence, length (characters) and whether it is a value that people paste from examples.
 * Returns null when nothing is wrong. Order: absence, white space at an end (a paste accident), length, sample value.
 */
export function inspectSecret(value: string | undefined, minLength: number): SecretFault | null {
	if (value === undefined || value === '') return { code: 'missing' };
	if (value !== value.trim()) return { code: 'white-space', length: value.length };
	if (value.length < minLength) return { code: isSampleValue(value) ? 'sample-value' : 'too-short', length: value.length };
	return isSampleValue(value) ? { code: 'sample-value', length: value.length } : null;
}

// Whole values, compared after removal of case and punctuation.
const SAMPLE_VALUES = new Set([
	'secret',
	'test',
	'dev',
	'development',
	'none',
	'null',
	'undefined',
	'todo',
	'tbd',
	'xxx',
	'foo',
	'bar',
	'admin',
	'default',
]);

// Parts of 8 letters or more: a random base64 value of 64 characters holds a given one with a chance below 1 in 10^10.
const SAMPLE_PARTS = [
	'changeme',
	'changethis',
	'replaceme',
	'replacethis',
	'placeholder',
	'yoursecret',
	'mysecret',
	'supersecret',
	'secretkey',
	'sessionsecret',
	'notasecret',
	'examplesecret',
	'insertsecret',
	'generateme',
	'keyboardcat',
	'password',
	'atleast32',
	'mustbeatleast',
	'12345678901234567890',
	'abcdefghijklmnop',
];

/** Fewer different characters than this in a long value is a pattern, not a random string: 32 random hex digits show about 14. */
const MIN_DISTINCT = 6;

/** True for values known from examples (`changeme`), and for long values made of a handful of characters. */
export function isSampleValue(value: string): boolean {
	const plain = value.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
	if (SAMPLE_VALUES.has(plain)) return true;
	if (SAMPLE_PARTS.some((part) => plain.includes(part))) return true;
	return value.length >= 16 && new Set(value).size < MIN_DISTINCT;
}
