import { describe, expect, it } from 'vitest';
import { cutEnding, readWords } from './symptom-words.ts';

describe('readWords (M2)', () => {
	it.each([
		['Users can’t log in!', ['user', 'not', 'login']],
		['sign-in', ['login']],
		['ERR_TOO_MANY_REDIRECTS', ['err', 'redirect', 'loop']],
		['We were logged out right away', ['session', 'expire', 'immediate']],
		['HTTP 500', ['http500']],
		['The page does not load', ['page', 'not', 'load']],
		['requests timed out', ['request', 'timeout']],
		['CPU at 98 %', ['cpu', 'high']],
		['café déjà', ['cafe', 'deja']],
		['интернет магазин', ['интернет', 'магазин']],
		['the and of', []],
	])('reads “%s”', (text, words) => {
		expect(readWords(text)).toEqual(words);
	});

	it('mends spelling before it looks for phrases', () => {
		expect(readWords('Internal Sever Eror')).toEqual(['http500']);
	});
});

describe('cutEnding', () => {
	it.each([
		['queries', 'query'],
		['loading', 'load'],
		['stopped', 'stop'],
		['access', 'access'],
		['status', 'status'],
		['cpu', 'cpu'],
	])('cuts %s to %s', (word, stem) => {
		expect(cutEnding(word)).toBe(stem);
	});
});
