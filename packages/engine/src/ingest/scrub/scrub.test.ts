import { Secret } from '@holdfast/checks/secret';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSecretEraser } from './known-secrets.ts';
import { scrub, scrubLine } from './scrub.ts';

const SECRET = 'Zq81xTpM4wL0';

describe('by the name that a value stands under', () => {
	it.each([
		[{ password: SECRET }],
		[{ user: { resetToken: SECRET } }],
		[{ headers: { Cookie: SECRET, 'X-Api-Key': SECRET } }],
		[{ headers: [['authorization', SECRET]] }],
		[{ tags: [{ key: 'client_secret', value: SECRET }] }],
		[{ attributes: { 'http.request.header.cookie': { value: [SECRET], type: 'array' } } }],
		[{ secrets: [SECRET, { deep: SECRET }] }],
		[{ vars: { auth: { user: SECRET } } }],
		[{ pin: 1234567 }],
	])('%j', (value) => {
		expect(JSON.stringify(scrub(value))).not.toMatch(/Zq81xTpM4wL0|1234567/);
	});

	it('keeps what only counts or says yes and no, and what is named after it', () => {
		const value = { max_tokens: 1000, hasPassword: true, password: null, author: 'ada', sessions: 3, trace_id: 'a'.repeat(32) };
		expect(scrub(value)).toEqual(value);
	});
});

it('erases known secrets in values and in names, however they are written', () => {
	const erase = createSecretEraser([new Secret('p"ss wörd/1'), new Secret('short')]);
	const forms = [
		'p"ss wörd/1',
		JSON.stringify('p"ss wörd/1'),
		encodeURIComponent('p"ss wörd/1'),
		Buffer.from('p"ss wörd/1').toString('base64'),
	];
	const out = JSON.stringify(scrub({ list: forms, 'key p"ss wörd/1': 1, note: 'a short one' }, { erase }));
	expect(out).not.toMatch(/w(?:ö|%C3%B6)rd|cCJz/);
	expect(out).toContain('a short one');
});

it('sees a secret whole that the cut would have halved', () => {
	const erase = createSecretEraser([new Secret('correct-horse-battery')]);
	const line = scrubLine(`${'x'.repeat(90)} correct-horse-battery staple`, { erase, text: 100 });
	expect(line).not.toContain('correct');
	expect(line.length).toBeLessThanOrEqual(100);
});

it('stays within depth, number and length', () => {
	const deep = JSON.parse(`${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`);
	expect(JSON.stringify(scrub(deep)).length).toBeLessThan(200);
	expect((scrub(Array.from({ length: 100_000 }, () => 0)) as unknown[]).length).toBe(50_000);
	expect((scrub('y'.repeat(200_000)) as string).length).toBe(65_536);
});

it('does not spend its time on a line of source that was made to be slow', () => {
	const line = 'cookie=x('.repeat(10_000);
	const from = performance.now();
	const out = scrub({ pre_context: Array.from({ length: 50 }, () => line), context_line: line }) as Record<string, string>;
	expect(performance.now() - from).toBeLessThan(2_000);
	expect(out.context_line?.length).toBe(1_024);
});

it('makes no prototype of a field that is called like one', () => {
	const out = scrub(JSON.parse('{"__proto__":{"polluted":true},"constructor":{"x":1}}')) as Record<string, unknown>;
	expect(out.polluted).toBeUndefined();
	expect(Object.getPrototypeOf(out)).toBe(Object.prototype);
});

it('gives JSON for any JSON, of the same shape, and a database takes it', () => {
	fc.assert(
		fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
			const out = scrub(value);
			expect(Array.isArray(out)).toBe(Array.isArray(value));
			expect(typeof out).toBe(typeof value);
			expect(JSON.stringify(out)).not.toMatch(/\\u0000|\\ud[89a-f]/);
		}),
	);
});

it('loses a secret wherever it is put', () => {
	const name = fc.constantFrom('password', 'api_key', 'sessionToken', 'Set-Cookie', 'client-secret');
	const place = fc.constantFrom<(name: string) => unknown>(
		(key) => ({ [key]: SECRET }),
		(key) => ({ a: [{ [key]: { b: SECRET } }] }),
		(key) => [[key, SECRET]],
		(key) => ({ text: `failed with ${key}=${SECRET}, sorry` }),
		(key) => ({ text: JSON.stringify({ [key]: SECRET }) }),
		(key) => ({ text: JSON.stringify(JSON.stringify({ [key]: SECRET })) }),
		(key) => ({ query_string: `x=1&${key}=${SECRET}` }),
	);
	fc.assert(
		fc.property(name, place, (key, put) => {
			expect(JSON.stringify(scrub(put(key)))).not.toContain(SECRET);
		}),
	);
});
