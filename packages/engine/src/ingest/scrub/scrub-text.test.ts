import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scrubText } from './scrub-text.ts';

const SECRET = 'Zq81xTpM4wL0abc9';

describe('takes out', () => {
	it.each([
		`password=${SECRET}`,
		`the password: ${SECRET}`,
		`{"password":"${SECRET}"}`,
		`{\\"apiKey\\": \\"${SECRET}\\"}`,
		`curl -H 'Authorization: Bearer ${SECRET}' https://x.example`,
		`Authorization: Basic ${SECRET}`,
		`Cookie: a=1; session=${SECRET}; b=${SECRET}`,
		`Set-Cookie: __Host-sid=${SECRET}; Path=/`,
		`https://ada:${SECRET}@db.example/x`,
		`GET /reset?token=${SECRET}&next=/home`,
		`SESSION_SECRET=${SECRET} node server.js`,
		`x-api-key: ${SECRET}`,
		`bearer ${SECRET} was refused`,
		`jwt eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.${SECRET}`,
		`sk_live_${SECRET}`,
		`ghp_${SECRET}${SECRET}`,
		`prod:calm-otter-123|0123456789abcdef${SECRET}`,
		`-----BEGIN RSA PRIVATE KEY-----\n${SECRET}\n-----END RSA PRIVATE KEY-----`,
		`-----BEGIN PRIVATE KEY-----\n${SECRET}`,
		`dbPassword = '${SECRET} with spaces'`,
		`passwd=${SECRET}${' '.repeat(3)}user=ada`,
	])('%s', (text) => {
		expect(scrubText(text)).not.toContain(SECRET);
		expect(scrubText(text)).toContain('[scrubbed]');
	});
});

describe('leaves alone', () => {
	it.each([
		"Cannot read properties of undefined (reading 'id')",
		'TokenError: no such user',
		'token: expired by its issuer',
		'Basic authentication is off',
		'password: undefined',
		'author=ada, authored=true',
		'GET https://shop.example/orders/42?page=2',
		'took 4242424242424241 ns',
		'Unexpected token < in JSON at position 0',
		'max_tokens',
	])('%s', (text) => {
		expect(scrubText(text)).toBe(text);
	});
});

describe('in a line of source', () => {
	it.each(['const token = readToken(request);', '\tpassword: process.env.DB_PASSWORD,', 'if (cookie === undefined) return;'])(
		'keeps %s',
		(line) => {
			expect(scrubText(line, true)).toBe(line);
		},
	);

	it('takes a literal out', () => {
		expect(scrubText(`const apiKey = '${SECRET}';`, true)).toBe("const apiKey = '[scrubbed]';");
	});
});

it('takes time in proportion to the length of the text, whatever is in it', () => {
	const parts = ['password=', 'token: "', 'eyJ', '://', 'a'.repeat(300), '=', ':', '"', '\\"', ' ', '4111 1111 ', '-----BEGIN ', '{', '['];
	const time = (length: number): number => {
		const texts = parts.map((part) => part.repeat(Math.ceil(length / part.length)).slice(0, length));
		const from = performance.now();
		for (const text of texts) scrubText(text);
		return performance.now() - from;
	};
	time(20_000);
	const [small, large] = [time(20_000), time(200_000)];
	expect(large).toBeLessThan(Math.max(small, 5) * 60);
});

it('never throws, and what it gives needs no second look', () => {
	const piece = fc.oneof(
		fc.constantFrom(
			'password',
			'token',
			'=',
			':',
			'"',
			"'",
			'\\',
			' ',
			'\n',
			'Bearer ',
			'https://',
			'@',
			'cookie',
			'4111111111111111',
			'{',
			'}',
			'&',
			'?',
		),
		fc.string({ maxLength: 12 }),
	);
	fc.assert(
		fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
			scrubText(pieces.join(''));
			scrubText(pieces.join(''), true);
		}),
	);
});
