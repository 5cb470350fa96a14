import { describe, expect, it } from 'vitest';
import { answerPage, answerSeeOther } from './answers.ts';
import { localPath } from './local-path.ts';
import { readInput } from './read-input.ts';

const send = (type: string, body: BodyInit) =>
	new Request('http://localhost/', { method: 'POST', headers: { 'content-type': type }, body });

describe('readInput', () => {
	it('reads a form', async () => {
		const input = await readInput(send('application/x-www-form-urlencoded; charset=utf-8', 'email=a%40b&password=x+y'));
		expect(input.ok && Object.fromEntries(input.fields)).toEqual({ email: 'a@b', password: 'x y' });
		expect(input.form).toBe(true);
	});
	it('reads a flat JSON object', async () => {
		const input = await readInput(send('application/json', '{"slug":"oak-cleat","quantity":2}'));
		expect(input.ok && Object.fromEntries(input.fields)).toEqual({ slug: 'oak-cleat', quantity: '2' });
		expect(input.form).toBe(false);
	});
	it.each([
		['half a JSON object', 'application/json', '{"a":', 400],
		['a nested object', 'application/json', '{"a":{}}', 400],
		['a list', 'application/json', '[]', 400],
		['another type', 'text/plain', 'a=b', 415],
		['too much', 'application/x-www-form-urlencoded', `a=${'x'.repeat(20_000)}`, 413],
	])('refuses %s with one sentence', async (_, type, body, status) => {
		expect(await readInput(send(type, body))).toMatchObject({ ok: false, status, message: expect.stringMatching(/^Expected /) });
	});
	it('reads no body as no fields', async () => {
		const input = await readInput(
			new Request('http://localhost/', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' }),
		);
		expect(input.ok && input.fields.size).toBe(0);
	});
});

describe('localPath', () => {
	it.each(['/orders', '/products/oak-cleat?problem=quantity', '/'])('lets %s through', (place) => {
		expect(localPath(place, '/x')).toBe(place);
	});
	it.each([
		'https://evil.example',
		'//evil.example',
		'/\\evil.example',
		'/\tx',
		'orders',
		'',
		undefined,
		'/..//evil.example',
		`/${'x'.repeat(600)}`,
		'javascript:alert(1)',
	])('replaces %j', (place) => {
		expect(localPath(place, '/x')).toBe('/x');
	});
});

describe('answers', () => {
	it('escape what they show', async () => {
		const html = await answerPage(403, '<b>', 'a & "b"', '/"><script>').text();
		expect(html).not.toMatch(/<b>|<script>/);
		expect(html).toContain('a &amp; &quot;b&quot;');
	});
	it('send browsers on with a relative place and are not stored', () => {
		const response = answerSeeOther('/orders', ['a=1', 'b=2']);
		expect([response.status, response.headers.get('location'), response.headers.get('cache-control')]).toEqual([
			303,
			'/orders',
			'no-store',
		]);
		expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
	});
});
