import { describe, expect, it } from 'vitest';
import { createTextScrubber } from './scrub-text.ts';

const VALUE = 'S3cr3tValue99';
const scrub = createTextScrubber();

describe('a value that is assigned to the name of a secret', () => {
	it.each([
		[`SESSION_SECRET=${VALUE} is refused`, 'SESSION_SECRET=… is refused'],
		[`export CSRF_SECRET_PREVIOUS='${VALUE} and more'`, 'export CSRF_SECRET_PREVIOUS=…'],
		[`password: ${VALUE}`, 'password: …'],
		[`{"user":"ada","password":"${VALUE}","n":1}`, '{"user":"ada","password":…,"n":1}'],
		[`body {\\"password\\":\\"${VALUE}\\",\\"n\\":1}`, 'body {\\"password\\":…,\\"n\\":1}'],
		[`{ password: 'a\\'${VALUE}' }`, '{ password: … }'],
		[`x-api-key: ${VALUE}`, 'x-api-key: …'],
		[`accessToken => ${VALUE}`, 'accessToken => …'],
		[`[ 'x-csrf-token', '${VALUE}', 'accept', '*/*' ]`, "[ 'x-csrf-token', …, 'accept', '*/*' ]"],
		[`SHOP_JWT_PRIVATE_KEY=${VALUE}`, 'SHOP_JWT_PRIVATE_KEY=…'],
		[`__Host-session=${VALUE}; theme=dark`, '__Host-session=… theme=dark'],
		[`connect.sid=${VALUE}; theme=dark`, 'connect.sid=…; theme=dark'],
		[`curl -H 'Cookie: a=b; c=${VALUE}'`, "curl -H 'Cookie: …"],
		[`authorization: Convex prod:otter-1|${VALUE}`, 'authorization: …'],
	])('is taken out of %s', (text, expected) => {
		expect(scrub(text)).toBe(expected);
	});

	it.each([
		'SESSION_SECRET: expected at least 32 characters, got 8.',
		'CSRF_SECRET=undefined',
		'Unexpected token < in JSON at position 4',
		'inside=1 consider=2 authored=3',
		'The password is wrong; 12 of 40 tokens are left',
		'at readToken (/srv/shop/token.ts:12:7)',
	])('is not seen in %s', (text) => {
		expect(scrub(text)).toBe(text);
	});
});

describe('a credential without a name', () => {
	it.each([
		['a bearer', `sent Bearer ${VALUE}`, 'sent Bearer …'],
		['a JSON Web Token', `got eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJhZGEifQ.${VALUE}-_ here`, 'got … here'],
		['a sealed session', `unsealed Fe26.2*1*${VALUE}*abc~2`, 'unsealed …'],
		['a deploy key', `key prod:otter-1|${VALUE}${VALUE} refused`, 'key … refused'],
		['a private key', `-----BEGIN PRIVATE KEY-----\n${VALUE}\n-----END PRIVATE KEY----- x`, '… x'],
		['a private key that was cut off', `-----BEGIN EC PRIVATE KEY-----\n${VALUE}`, '…'],
		['the user of a URL', `redis://app:${VALUE}@db:6379`, 'redis://…@db:6379'],
		['the query of a URL', `GET /orders?mail=${VALUE}&next=/x failed`, 'GET /orders?mail=…&next=… failed'],
	])('is found by its form: %s', (_, text, expected) => {
		expect(scrub(text)).toBe(expected);
	});
});

describe("the application's own secrets", () => {
	const pem = `-----BEGIN X-----\n${VALUE}${VALUE}\nabcdefgh12345678ABCDEFGH\n-----END X-----`;
	const known = createTextScrubber(
		new Map([
			['SHOP_PEPPER', `${VALUE}/+"x`],
			['SHOP_PIN', 'abc'],
			['SHOP_PEM', pem],
		]),
	);

	it.each([
		['as they are', `nobody calls it a secret: ${VALUE}/+"x.`],
		['in a URL', `https://shop.example/${encodeURIComponent(`${VALUE}/+"x`)}`],
		['in JSON', JSON.stringify({ note: `${VALUE}/+"x` })],
		['by lines', `line ${VALUE}${VALUE}`],
		['at the end of what is kept', `${'x '.repeat(4090)}${VALUE}/+"x`],
	])('are taken out %s', (_, text) => {
		expect(known(text)).not.toContain(VALUE);
	});

	it('are known by name too, however short', () => {
		expect(known('SHOP_PIN=abc, shop_pin: "abc"; abc')).toBe('SHOP_PIN=… shop_pin: …; abc');
	});
});

it.each([
	['names', 'token'.repeat(4000)],
	['dots and dashes', 'a.-'.repeat(4000)],
	['equal signs', 'secret='.repeat(3000)],
	['spaces', `password${' '.repeat(12_000)}=`],
	['quotes', `password="${'\\"'.repeat(6000)}`],
	['backslashes', `password${'\\'.repeat(12_000)}"`],
	['begins of keys', '-----BEGIN PRIVATE KEY-----'.repeat(400)],
	['pipes', 'a:'.repeat(6000)],
	['session names', 'session-'.repeat(2000)],
])('takes little time for a text made of %s', (_, text) => {
	const from = performance.now();
	scrub(text);
	expect(performance.now() - from).toBeLessThan(200);
});
