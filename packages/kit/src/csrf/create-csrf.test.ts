import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type CsrfOptions, createCsrf } from '../csrf.ts';
import { logSeldom } from '../options/log-seldom.ts';
import { issueToken, isTokenOf } from './csrf-token.ts';
import { judgeSource } from './judge-source.ts';

const SECRET = 'q8Zr1Lw0Tn5Xv7Bc2Md9Kf4Gh6Jp3SeA';
const OTHER = 'Zx4Vb7Nm1Qw9Er3Ty6Ui8Op2As5Df0Gh';
const ORIGIN = 'https://shop.example';

function make(options: Partial<CsrfOptions> = {}) {
	return createCsrf({ secret: SECRET, origin: ORIGIN, log: () => {}, ...options });
}

interface Sent {
	token?: string | null;
	cookie?: string | null;
	headers?: Record<string, string>;
	url?: string;
}

/** A POST as a browser on the application's own page sends it, with what the case changes. */
function post({ token, cookie, headers = {}, url = `${ORIGIN}/api/csrf` }: Sent): Request {
	const all: Record<string, string> = { origin: ORIGIN, 'sec-fetch-site': 'same-origin', ...headers };
	if (token) all['x-csrf-token'] = token;
	if (cookie) all.cookie = `theme=dark; __Host-csrf=${cookie}`;
	return new Request(url, { method: 'POST', headers: Object.fromEntries(Object.entries(all).filter(([, value]) => value !== '')) });
}

function tokenFrom(csrf: ReturnType<typeof make>, sessionId: string | null = null): string {
	const issued = csrf.issue(new Request(`${ORIGIN}/`), sessionId);
	if (!issued.ok) throw new Error(issued.problem.message);
	return issued.token;
}

describe('tokens', () => {
	it('are hex HMAC over the length-prefixed session and random, a dot, the random', () => {
		const token = issueToken(SECRET, 'sid-1');
		const [signature, random] = token.split('.') as [string, string];
		expect(signature).toBe(createHmac('sha256', SECRET).update(`5!sid-1!64!${random}`).digest('hex'));
		expect(token).not.toContain('sid-1');
	});

	it('differ each time and hold for one session under one of the secrets', () => {
		const token = issueToken(SECRET, 'a');
		expect(issueToken(SECRET, 'a')).not.toBe(token);
		expect(isTokenOf(token, 'a', [SECRET])).toBe(true);
		expect(isTokenOf(token, 'a', [OTHER, SECRET])).toBe(true);
		expect(isTokenOf(token, 'b', [SECRET])).toBe(false);
		expect(isTokenOf(token, '', [SECRET])).toBe(false);
		expect(isTokenOf(token, 'a', [OTHER])).toBe(false);
	});

	it('fail when any character is changed', () => {
		const token = issueToken(SECRET, 'a');
		for (let i = 0; i < token.length; i++) {
			const changed = token.slice(0, i) + (token[i] === '0' ? '1' : '0') + token.slice(i + 1);
			expect(isTokenOf(changed, 'a', [SECRET])).toBe(false);
		}
	});

	it.each(['', '.', 'x.y', 'a'.repeat(129), `${'0'.repeat(64)}.`, `${'0'.repeat(64)}.${'0'.repeat(63)}`])(
		'never hold in the form %j',
		(token) => {
			expect(isTokenOf(token, '', [SECRET])).toBe(false);
		},
	);
});

describe('GET /api/csrf', () => {
	it('gives the token, the names to send it under, and the cookie', async () => {
		const response = await make().GET(new Request(`${ORIGIN}/api/csrf`));
		const body = (await response.json()) as { token: string };
		expect(response.status).toBe(200);
		expect(response.headers.get('cache-control')).toBe('no-store');
		expect(body).toEqual({ token: expect.stringMatching(/^[0-9a-f]{64}\.[0-9a-f]{64}$/), header: 'x-csrf-token', field: 'csrf_token' });
		expect(response.headers.getSetCookie()).toEqual([`__Host-csrf=${body.token}; Path=/; Max-Age=43200; Secure; SameSite=Lax`]);
	});

	it('keeps a token that is still good, so that other tabs keep working', async () => {
		const csrf = make();
		const token = tokenFrom(csrf);
		const again = csrf.issue(new Request(ORIGIN, { headers: { cookie: `__Host-csrf=${token}` } }), null);
		expect(again).toMatchObject({ ok: true, token });
	});

	it('replaces a token of another session, and one under the previous secret', () => {
		const csrf = make({ previous: OTHER });
		const anonymous = tokenFrom(csrf);
		expect(csrf.issue(new Request(ORIGIN, { headers: { cookie: `__Host-csrf=${anonymous}` } }), 'sid')).not.toMatchObject({
			token: anonymous,
		});
		const old = issueToken(OTHER, '');
		expect(csrf.issue(new Request(ORIGIN, { headers: { cookie: `__Host-csrf=${old}` } }), null)).not.toMatchObject({ token: old });
	});

	it('refuses plain http elsewhere with the sentence', async () => {
		const response = await make({ origin: 'http://shop.lan' }).GET(new Request('http://shop.lan/api/csrf'));
		expect(response.status).toBe(403);
		expect(await response.json()).toMatchObject({ error: 'insecure-origin', message: expect.stringContaining('shop.lan') });
		expect(response.headers.getSetCookie()).toEqual([]);
	});

	it('uses a bare name over plain http when asked to', async () => {
		const response = await make({ origin: 'http://shop.lan', insecureHttp: true }).GET(new Request('http://shop.lan/api/csrf'));
		expect(response.headers.getSetCookie()[0]).toMatch(/^csrf=[^;]+; Path=\/; Max-Age=43200; SameSite=Lax$/);
	});
});

describe('POST /api/csrf', () => {
	it('answers 204 to a token with its cookie', async () => {
		const csrf = make();
		const token = tokenFrom(csrf);
		const response = await csrf.POST(post({ token, cookie: token }));
		expect([response.status, await response.text()]).toEqual([204, '']);
	});

	it('asks for the session of the visitor', async () => {
		const csrf = make({ sessionId: (request) => request.headers.get('x-session') });
		const token = tokenFrom(csrf, 'sid-1');
		expect((await csrf.POST(post({ token, cookie: token, headers: { 'x-session': 'sid-1' } }))).status).toBe(204);
		expect((await csrf.POST(post({ token, cookie: token, headers: { 'x-session': 'sid-2' } }))).status).toBe(403);
		expect((await csrf.POST(post({ token, cookie: token }))).status).toBe(403);
	});

	it('answers 500, and does not throw, when the session cannot be found out', async () => {
		const csrf = make({
			sessionId: () => {
				throw new Error('no');
			},
		});
		expect((await csrf.POST(post({ token: 'x', cookie: 'x' }))).status).toBe(500);
		expect((await csrf.GET(new Request(ORIGIN))).status).toBe(500);
	});

	const csrf = make({ previous: OTHER });
	const good = tokenFrom(csrf);
	const foreign = tokenFrom(csrf);
	const altered = (good.startsWith('0') ? '1' : '0') + good.slice(1);
	const elsewhere = issueToken('another-application-K4jH8sD2lF9gA1qW', '');

	it.each<[string, Sent, string]>([
		['no token', { cookie: good }, 'no-token'],
		['a token only in the cookie, with an empty header', { cookie: good, token: '' }, 'no-token'],
		['no cookie', { token: good }, 'no-cookie'],
		["another visitor's token", { token: foreign, cookie: good }, 'mismatch'],
		['an altered token', { token: altered, cookie: good }, 'mismatch'],
		['an altered token in both places', { token: altered, cookie: altered }, 'not-issued'],
		['a token made under another secret', { token: elsewhere, cookie: elsewhere }, 'not-issued'],
		['rubbish in both places', { token: 'a', cookie: 'a' }, 'not-issued'],
		['another site', { token: good, cookie: good, headers: { 'sec-fetch-site': 'cross-site' } }, 'cross-site'],
		['a foreign origin', { token: good, cookie: good, headers: { origin: 'https://evil.example' } }, 'foreign-origin'],
		[
			'a foreign origin that claims to be same-origin by its Host',
			{ token: good, cookie: good, headers: { origin: 'https://evil.example', host: 'evil.example' } },
			'foreign-origin',
		],
		['an opaque origin', { token: good, cookie: good, headers: { origin: 'null' } }, 'foreign-origin'],
		['the right host under another scheme', { token: good, cookie: good, headers: { origin: 'http://shop.example' } }, 'foreign-origin'],
		[
			'a foreign referer without origin',
			{ token: good, cookie: good, headers: { origin: '', referer: 'https://evil.example/x' } },
			'foreign-origin',
		],
		['a referer that is no URL', { token: good, cookie: good, headers: { origin: '', referer: 'x' } }, 'foreign-origin'],
		['no word on where it comes from', { token: good, cookie: good, headers: { origin: '', 'sec-fetch-site': '' } }, 'no-origin'],
		['a sibling site without origin', { token: good, cookie: good, headers: { origin: '', 'sec-fetch-site': 'same-site' } }, 'no-origin'],
	])('answers 403 to %s', async (_, sent, code) => {
		const response = await csrf.POST(post(sent));
		expect(response.status).toBe(403);
		expect(await response.json()).toMatchObject({ error: code });
	});

	it.each<[string, Sent]>([
		['without Sec-Fetch-Site, from the right origin', { headers: { 'sec-fetch-site': '' } }],
		['with the right referer in place of the origin', { headers: { origin: '', 'sec-fetch-site': '', referer: `${ORIGIN}/cart` } }],
		['with Sec-Fetch-Site alone', { headers: { origin: '' } }],
	])('accepts a good token %s', async (_, sent) => {
		expect((await csrf.POST(post({ token: good, cookie: good, ...sent }))).status).toBe(204);
	});

	it('accepts a request without any origin where the application says so', async () => {
		const lenient = make({ requireOrigin: false });
		const token = tokenFrom(lenient);
		expect((await lenient.POST(post({ token, cookie: token, headers: { origin: '', 'sec-fetch-site': '' } }))).status).toBe(204);
	});

	it('accepts tokens under the previous secret, and no longer once it is gone', async () => {
		const token = issueToken(OTHER, '');
		expect((await csrf.POST(post({ token, cookie: token }))).status).toBe(204);
		expect((await make().POST(post({ token, cookie: token }))).status).toBe(403);
	});

	it('takes the form field given by the handler before the header', () => {
		expect(csrf.verify(post({ cookie: good }), null, good)).toEqual({ ok: true });
		expect(csrf.verify(post({ cookie: good, token: good }), null, 'x')).toMatchObject({ ok: false, code: 'mismatch' });
	});

	it('knows the application under every configured origin', async () => {
		const two = make({ origin: [ORIGIN, 'https://www.shop.example'] });
		const token = tokenFrom(two);
		expect((await two.POST(post({ token, cookie: token, headers: { origin: 'https://www.shop.example' } }))).status).toBe(204);
	});
});

describe('on this machine', () => {
	const origins = ['http://localhost:3000'];
	const from = (origin: string, host: string) => new Request('http://localhost:3000/', { method: 'POST', headers: { origin, host } });

	it('accepts the other names and ports of this machine when they are the host asked for', () => {
		expect(judgeSource(from('http://127.0.0.1:3000', '127.0.0.1:3000'), origins, true).ok).toBe(true);
		expect(judgeSource(from('http://localhost:4500', 'localhost:4500'), origins, true).ok).toBe(true);
	});
	it('refuses another local application, and outside names that point here', () => {
		expect(judgeSource(from('http://localhost:8080', 'localhost:3000'), origins, true).ok).toBe(false);
		expect(judgeSource(from('http://rebound.example:3000', 'rebound.example:3000'), origins, true).ok).toBe(false);
	});
	it('never does so for an application that lives elsewhere', () => {
		expect(judgeSource(from('http://localhost:3000', 'localhost:3000'), [ORIGIN], true).ok).toBe(false);
	});
});

describe('configuration', () => {
	it.each<[string, Partial<CsrfOptions>, string, number | null]>([
		['missing', { secret: undefined }, 'CSRF_SECRET', null],
		['short', { secret: 'k3J9xQ2m' }, 'CSRF_SECRET', 8],
		['a sample', { secret: 'changeme'.repeat(4) }, 'CSRF_SECRET', 32],
	])('answers 500 when the secret is %s, and names the variable in the log only', async (_, options, variable, length) => {
		const lines: string[] = [];
		const csrf = make({ ...options, log: (line) => lines.push(line) });
		expect(csrf.problem).toMatchObject({ variable, length });
		for (const response of [await csrf.GET(new Request(ORIGIN)), await csrf.POST(post({ token: 'x', cookie: 'x' }))]) {
			expect(response.status).toBe(500);
			expect(await response.text()).not.toContain(variable);
		}
		expect(lines.join()).toContain(variable);
		if (options.secret) expect(lines.join()).not.toContain(options.secret);
	});

	it('leaves out a previous secret that cannot be used, says so once, and accepts tokens as before', async () => {
		const lines: string[] = [];
		const csrf = make({ previous: 'k3J9xQ2m', log: (line) => lines.push(line) });
		expect(csrf.problem).toBeNull();
		expect(csrf.warnings).toMatchObject([{ variable: 'CSRF_SECRET_PREVIOUS', length: 8 }]);
		const token = tokenFrom(csrf);
		expect((await csrf.POST(post({ token, cookie: token }))).status).toBe(204);
		expect(lines).toEqual([expect.stringMatching(/^csrf: the previous secret is left out: CSRF_SECRET_PREVIOUS is 8 characters long/)]);
		expect(JSON.stringify([lines, csrf.warnings])).not.toContain('k3J9xQ2m');
	});

	it('counts an empty previous secret as none', () => {
		expect(make({ previous: '' })).toMatchObject({ problem: null, warnings: [] });
	});

	it.each([
		{ origin: 'shop.example' },
		{ origin: [] },
		{ origin: undefined as never },
		{ cookieName: '__Host-x' },
		{ secret: 5 as never },
		{ sessionId: 'x' as never },
	])('refuses %j at start', (options) => {
		expect(() => make(options)).toThrow(/^createCsrf: option \w+: expected .*, got /);
	});

	it('writes the same line at most once a minute and survives a failing log', () => {
		const lines: string[] = [];
		let now = 0;
		const log = logSeldom(
			(line) => lines.push(line),
			60_000,
			() => now,
		);
		log('a');
		log('a');
		now = 60_000;
		log('a');
		log('b');
		expect(lines).toEqual(['a', 'a', 'b']);
		expect(() =>
			logSeldom(() => {
				throw new Error('full');
			})('x'),
		).not.toThrow();
	});
});
