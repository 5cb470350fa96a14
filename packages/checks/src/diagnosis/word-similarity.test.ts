import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareWords } from './word-similarity.ts';

describe('compareWords (M3)', () => {
	it.each([
		['session', 'sesion'],
		['redirect', 'redirct'],
		['database', 'databsae'],
		['connection', 'conecttion'],
	])('takes %s and %s for one word', (a, b) => {
		expect(compareWords(a, b)).toBeGreaterThan(0.7);
	});

	it.each([
		['cpu', 'cup'],
		['500', '501'],
		['list', 'load'],
		['session', 'version'],
		['login', 'logic2'],
	])('keeps %s and %s apart', (a, b) => {
		expect(compareWords(a, b)).toBe(0);
	});

	it('is 1 for the same word only, between 0 and 1, and the same both ways', () => {
		const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'd', 'e'), minLength: 1, maxLength: 10 });
		fc.assert(
			fc.property(word, word, (a, b) => {
				const likeness = compareWords(a, b);
				expect(likeness).toBe(compareWords(b, a));
				expect(likeness === 1).toBe(a === b);
				expect(likeness).toBeGreaterThanOrEqual(0);
			}),
		);
	});
});
