import { describe, expect, it } from 'vitest';
import { readExportJson, writeExportJson } from './export-json.mjs';

describe('a value in an export', () => {
	it.each([
		['a 64-bit integer', 7n, '7'],
		['a whole number', 7, '7.0'],
		['a broken number', -0.5, '-0.5'],
		['a large number', 1e300, '1e+300'],
		['zero below zero', -0, '{"$float":"AAAAAAAAAIA="}'],
		['no number', Number.NaN, '{"$float":"AAAAAAAA+H8="}'],
		['bytes', new Uint8Array([1, 2]).buffer, '{"$bytes":"AQI="}'],
		['text with digits', 'no 7, "8" or \\9', '"no 7, \\"8\\" or \\\\9"'],
		['a list', [1n, null, true, { a: 1 }], '[1,null,true,{"a":1.0}]'],
	])('%s can be told from others', (_what, value, text) => {
		expect(writeExportJson(value)).toBe(text);
		expect(readExportJson(text)).toEqual(value);
	});

	it('keeps the smallest and the largest integer', () => {
		for (const value of [-(2n ** 63n), 2n ** 63n - 1n]) expect(readExportJson(writeExportJson({ value }))).toEqual({ value });
	});

	it('leaves an integer beyond 64 bits a number', () => {
		expect(readExportJson('9223372036854775808')).toBe(2 ** 63);
	});
});
