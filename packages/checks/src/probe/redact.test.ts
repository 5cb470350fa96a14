import { describe, expect, it } from 'vitest';
import { redactCookie, redactHeader, redactText, redactUrl } from './redact.ts';

it('takes secrets out of URLs', () => {
	expect(redactUrl('https://ada:pw@shop.example/a?token=abcdef&page=2#x')).toBe('https://shop.example/a?token=redacted&page=2');
	expect(redactUrl('https://x.example/?adminKey=prod:a|b&session_id=1')).toBe('https://x.example/?adminKey=redacted&session_id=redacted');
	expect(redactUrl('https://x.example/?sid=1&sid=2&author=ada')).not.toMatch(/sid=\d/);
});

describe('a header', () => {
	it('is shown where its value tells something and hides nothing', () => {
		expect(redactHeader('server', 'nginx')).toBe('server: nginx');
		expect(redactHeader('Cache-Control', 'no-store')).toBe('Cache-Control: no-store');
		expect(redactHeader('strict-transport-security', 'max-age=1')).toBe('strict-transport-security: max-age=1');
	});

	it.each(['authorization', 'x-amz-security-token', 'x-refresh-token', 'x-anything'])('%s is told by its length', (name) =>
		expect(redactHeader(name, 'hunter2')).toBe(`${name}: [7 characters]`),
	);

	it('Location keeps its form and loses its secrets', () => {
		expect(redactHeader('location', 'https://x.example/?code=abc&state=1')).toBe('location: https://x.example/?code=redacted&state=1');
		expect(redactHeader('location', '/callback?code=hunter2&page=2#access_token=x')).toBe('location: /callback?code=redacted&page=2');
		expect(redactHeader('location', '//x.example/a?code=hunter2')).toBe('location: //x.example/a?code=redacted');
		expect(redactHeader('location', '/login')).toBe('location: /login');
	});

	it('is cut before it is read', () => expect(redactHeader('server', 'a'.repeat(60_000)).length).toBeLessThan(1100));
});

it('of a cookie the name and attributes stay, and of one without a name only attributes', () => {
	expect(redactHeader('Set-Cookie', 'sid=s3cr3tvalue; Path=/; Secure')).toBe('Set-Cookie: sid=[11 characters]; Path=/; Secure');
	expect(redactCookie('NAMELESSSECRET; Path=/')).toBe('[14 characters]; Path=/');
	expect(redactCookie('=NAMELESS; HttpOnly; other=hunter2')).toBe('=[8 characters]; HttpOnly; [13 characters]');
});

it.each([
	['Authorization: Bearer abcdefghijkl', 'abcdefghijkl'],
	['sent Bearer abcdefgh12345678', 'abcdefgh'],
	['{"token":"abcdefgh"}', 'abcdefgh'],
	['{\\"token\\":\\"abcdefgh\\"}', 'abcdefgh'],
	['api_key=abcdefgh', 'abcdefgh'],
	['postgres://ada:hunter2@db/x', 'hunter2'],
	['https://hunter2@errors.example/1', 'hunter2'],
	['Convex prod:calm-otter|0123456789', '0123456789'],
	['calm-otter|0123456789abcdef0123', '0123456789'],
	['eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abcdefghijk', 'eyJzdWIi'],
	['{"pwd":"hunter2, and more"}', 'more'],
	['{"sessionId": "hunter2"}', 'hunter2'],
	['{"credentials":"hunter2"}', 'hunter2'],
	['{"credentials":{"a":"hunter2"}}', 'hunter2'],
	['{"tokens":["a","hunter2"]}', 'hunter2'],
	['{"session":{"pass":"hunter2"}}', 'hunter2'],
	['{"dsn":"hunter2","auth":7712345}', '77123'],
	['{"cookie":"a=hunter2; b=hunter2"}', 'hunter2'],
	['{"error":"refused token=hunter2"}', 'hunter2'],
	['{"passwd":"cut hunter2', 'hunter2'],
])('takes secrets out of text: %s', (text, secret) => expect(redactText(text)).not.toContain(secret));

it.each([
	'{"status":"ok"} No answer from shop.example:443 within 8 s while waiting for the first byte',
	'The Convex deployment (localhost:5998) has nothing at this address (404)',
	'The Convex deployment (calm-otter-1.convex.cloud) cannot be reached (ECONNRESET)',
	'What answers at calm-otter-1.convex.cloud is no Convex deployment: /version gives no version',
	'The Convex URL cannot be read, expected https://<name>.convex.cloud',
	'The status page of Convex (status.convex.dev) does not answer within 5 s',
	'No status page is known for "harbour"',
	'Basic authentication is turned on; a bearer credential-of-some-kind is asked for',
	'{"auth":"ok","session":{"status":"up","count":3},"author":"ada"}',
	'SESSION_SECRET is 8 characters long; sessions: 3',
])('leaves ordinary text alone: %s', (text) => expect(redactText(text)).toBe(text));

// Work that grows with the square of these takes minutes: the test's own timeout is the guard.
it.each([
	'token-',
	'token',
	'token=',
	'"token":"',
	'//',
	'//a',
	'bearer ',
	'a:b|',
	'a|',
	'eyJ-',
	'eyJabcdefgh.',
	'{"token":{',
	'"session":[',
	'[',
	'\\"',
	"'",
])('64 KB of %j are read in one pass', (part) => {
	const text = part.repeat(Math.ceil(65_536 / part.length));
	expect(redactText(text).length).toBeGreaterThan(0);
	expect(redactText(`token:${text}`).length).toBeGreaterThan(0);
	expect(redactText(`"session":${text}`).length).toBeGreaterThan(0);
});

it('lets a sentence about a setting go on', () => {
	expect(redactText('convex.adminKey: the variable CONVEX_KEY is not set')).toBe('convex.adminKey: the variable CONVEX_KEY is not set');
	expect(redactText('token: thequickbrown7')).toBe('token: [redacted]');
});
