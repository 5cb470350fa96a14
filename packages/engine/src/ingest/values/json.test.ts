import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fitJson, readJson } from './json.ts';

it('reads bytes that are no UTF-8 as text with replacements, and throws for nothing', () => {
	expect(readJson(Buffer.from([0x22, 0xff, 0x22]))).toEqual({ ok: true, value: '\ufffd' });
	expect(readJson(Buffer.from('\ufeff{"a":1}'))).toEqual({ ok: true, value: { a: 1 } });
	expect(readJson('{"a":')).toEqual({ ok: false });
	expect(readJson('['.repeat(500_000)).ok).toBe(false);
	expect(readJson(`${'['.repeat(400_000)}${']'.repeat(400_000)}`).ok).toBe(true);
});

it('leaves out what is deeper and what no longer fits', () => {
	expect(fitJson({ a: { b: { c: 1 } } }, { depth: 2, characters: 100 })).toEqual({ a: {} });
	expect(fitJson({ a: 'xxxx', b: 'yyyyyyyyyyyy' }, { depth: 2, characters: 20 })).toEqual({ a: 'xxxx' });
	expect(fitJson(JSON.parse('{"__proto__":{"polluted":true}}'), { depth: 3, characters: 100 })).toEqual(
		JSON.parse('{"__proto__":{"polluted":true}}'),
	);
	expect(({} as Record<string, unknown>).polluted).toBeUndefined();
});

it('is never larger than allowed, and keeps what is small as it is', () => {
	fc.assert(
		fc.property(fc.jsonValue(), (value) => {
			expect(JSON.stringify(fitJson(value, { depth: 50, characters: 60 })).length).toBeLessThan(300);
		}),
	);
	expect(fitJson({ a: [1, null, true, 'x'] }, { depth: 5, characters: 1_000 })).toEqual({ a: [1, null, true, 'x'] });
});
