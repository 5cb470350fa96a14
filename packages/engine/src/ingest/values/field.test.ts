import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutText, readCount, readHex, readHttpStatus, readText, readTime } from './field.ts';

describe('readTime', () => {
	it.each([
		[1_795_855_209.034, 1_795_855_209_034],
		['1795855209', 1_795_855_209_000],
		['2026-11-28T08:40:09.034Z', 1_795_855_209_034],
		['2026-11-28T08:40:09', 1_795_855_209_000],
		['2026-11-28T09:40:09+01:00', 1_795_855_209_000],
	])('reads %s', (raw, ms) => {
		expect(readTime(raw)).toBe(ms);
	});

	it.each([0, -1, 1e12, Number.NaN, Number.POSITIVE_INFINITY, 'yesterday', '', null, {}, '9'.repeat(50)])('refuses %s', (raw) => {
		expect(readTime(raw)).toBeNull();
	});
});

it.each([
	['fc6d8c0c43fc4630ad850ee518f1b9d0', 'fc6d8c0c43fc4630ad850ee518f1b9d0'],
	['FC6D8C0C-43FC-4630-AD85-0EE518F1B9D0', 'fc6d8c0c43fc4630ad850ee518f1b9d0'],
	['fc6d8c0c43fc4630ad850ee518f1b9d', null],
	["fc6d8c0c43fc4630ad850ee518f1b9d'", null],
	[12, null],
])('reads %s as an id', (raw, id) => {
	expect(readHex(raw, 32)).toBe(id);
});

it.each([
	[200, 200],
	['404', 404],
	[-1, null],
	['ok', null],
	[99, null],
])('reads %s as a status', (raw, status) => {
	expect(readHttpStatus(raw)).toBe(status);
});

it('counts nothing that is no number of things', () => {
	expect([3.9, -1, 1e12, '3', null].map(readCount)).toEqual([3, 0, 0, 0, 0]);
});

it('cuts no character in two', () => {
	expect(cutText('ab😀cd', 4)).toBe('ab…');
	expect(cutText('ab😀cd', 5)).toBe('ab😀…');
	fc.assert(
		fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 3, max: 20 }), (text, max) => {
			const cut = cutText(text, max);
			expect(cut.length).toBeLessThanOrEqual(max);
			expect(cut === text).toBe(text.length <= max);
			expect(Buffer.from(cut, 'utf8').toString('utf8')).toBe(cut);
		}),
	);
});

it('takes white space off a text, and an empty one for none', () => {
	expect([readText('  a ', 10), readText('  ', 10), readText(true, 10), readText(['a'], 10)]).toEqual(['a', null, 'true', null]);
});
