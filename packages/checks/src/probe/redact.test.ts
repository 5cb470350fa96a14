import { expect, it } from 'vitest';
import { redactHeader, redactText, redactUrl } from './redact.ts';

it('takes secrets out of URLs', () => {
	expect(redactUrl('https://ada:pw@shop.example/a?token=abcdef&page=2#x')).toBe('https://shop.example/a?token=redacted&page=2');
	expect(redactUrl('https://x.example/?adminKey=prod:a|b&session_id=1')).toBe('https://x.example/?adminKey=redacted&session_id=redacted');
});

it('takes secrets out of headers, and keeps what tells something', () => {
	expect(redactHeader('Set-Cookie', 'sid=s3cr3tvalue; Path=/; Secure')).toBe('Set-Cookie: sid=[11 characters]; Path=/; Secure');
	expect(redactHeader('authorization', 'Bearer abc')).toBe('authorization: [redacted]');
	expect(redactHeader('location', 'https://x.example/?code=abc&state=1')).toBe('location: https://x.example/?code=redacted&state=1');
	expect(redactHeader('server', 'nginx')).toBe('server: nginx');
});

it.each([
	['Authorization: Bearer abcdefghijkl', 'abcdefghijkl'],
	['{"token":"abcdefgh"}', 'abcdefgh'],
	['api_key=abcdefgh', 'abcdefgh'],
	['postgres://ada:hunter2@db/x', 'hunter2'],
	['Convex prod:calm-otter|0123456789', '0123456789'],
	['eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abcdefghijk', 'eyJzdWIi'],
])('takes secrets out of text: %s', (text, secret) => expect(redactText(text)).not.toContain(secret));

it('leaves ordinary text alone', () => {
	const text = '{"status":"ok"} No answer from shop.example:443 within 8 s while waiting for the first byte';
	expect(redactText(text)).toBe(text);
});
