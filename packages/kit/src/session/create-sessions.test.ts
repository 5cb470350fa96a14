import { sealData } from 'iron-session';
import { describe, expect, it } from 'vitest';
import { createSessions, type SessionsOptions } from '../session.ts';

const SECRET = 'q8Zr1Lw0Tn5Xv7Bc2Md9Kf4Gh6Jp3SeA';
const OTHER = 'Zx4Vb7Nm1Qw9Er3Ty6Ui8Op2As5Df0Gh';
const URL_ = 'https://shop.example/';
const START = Date.UTC(2026, 0, 1);

function clock() {
	let now = START;
	return {
		now: () => now,
		pass: (seconds: number) => {
			now += seconds * 1000;
		},
	};
}

function make(options: Partial<SessionsOptions> = {}) {
	return createSessions({ secret: SECRET, now: () => START, ...options });
}

async function cookieOf(sessions: ReturnType<typeof make>, sub = 'ada', url = URL_): Promise<string> {
	const result = await sessions.signIn(new Request(url), sub);
	if (!result.ok) throw new Error(result.problem.message);
	return pairOf(result.setCookie);
}

const pairOf = (setCookie: string): string => setCookie.split(';')[0] ?? '';
const bring = (cookie: string, url = URL_): Request => new Request(url, { headers: { cookie } });

describe('signIn', () => {
	it('seals sid, sub and iat into a cookie that only this host and no script can read', async () => {
		const sessions = make();
		const result = await sessions.signIn(new Request(URL_), 'ada');
		if (!result.ok) throw new Error('refused');
		expect(result.session).toEqual({ sid: expect.stringMatching(/^[0-9a-f]{32}$/), sub: 'ada', iat: START / 1000, seen: START / 1000 });
		expect(result.setCookie).toMatch(/^__Host-session=[A-Za-z0-9*~_.-]+; Path=\/; Max-Age=1800; HttpOnly; Secure; SameSite=Lax$/);
		expect(await sessions.read(bring(pairOf(result.setCookie)))).toEqual({ state: 'signed-in', session: result.session, setCookie: null });
	});

	it('gives a new id each time, whatever the visitor had before', async () => {
		const sessions = make();
		const before = await cookieOf(sessions);
		const result = await sessions.signIn(bring(before), 'ada');
		const reading = await sessions.read(bring(before));
		expect(result.ok && reading.state === 'signed-in' && result.session.sid !== reading.session.sid).toBe(true);
	});

	it('works on this machine over plain http', async () => {
		const sessions = make();
		const cookie = await cookieOf(sessions, 'ada', 'http://localhost:3000/');
		expect(cookie).toMatch(/^__Host-session=/);
		expect((await sessions.read(bring(cookie, 'http://localhost:3000/'))).state).toBe('signed-in');
	});

	it('refuses other plain http with a sentence', async () => {
		const result = await make().signIn(new Request('http://shop.lan/'), 'ada');
		expect(result).toMatchObject({
			ok: false,
			problem: { kind: 'insecure-origin', message: expect.stringMatching(/Sign-in needs https.*shop\.lan/) },
		});
	});

	it('uses a bare cookie there when insecureHttp says so', async () => {
		const sessions = make({ insecureHttp: true, cookieName: 'sid' });
		const result = await sessions.signIn(new Request('http://shop.lan/'), 'ada');
		expect(result.ok && result.setCookie).toMatch(/^sid=[^;]+; Path=\/; Max-Age=1800; HttpOnly; SameSite=Lax$/);
		expect((await sessions.read(bring(pairOf(result.ok ? result.setCookie : ''), 'http://shop.lan/'))).state).toBe('signed-in');
		expect(sessions.clear(new Request('http://shop.lan/'))).toEqual([
			'sid=; Path=/; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT; HttpOnly; SameSite=Lax',
		]);
	});

	it('stays secure behind a proxy that forwards no scheme, when the application is https', async () => {
		const result = await make({ origin: 'https://shop.example' }).signIn(new Request('http://10.0.0.5:3000/'), 'ada');
		expect(result.ok && result.setCookie).toContain('; Secure;');
	});

	it.each(['', 'x'.repeat(513), 7 as never])('refuses %j as the person', async (sub) => {
		await expect(make().signIn(new Request(URL_), sub)).rejects.toThrow(/option sub: expected/);
	});

	it('fits a browser cookie with the longest person, also in four-byte characters', async () => {
		const result = await make().signIn(new Request(URL_), '\u{1FAA2}'.repeat(256));
		expect(result.ok && Buffer.byteLength(result.setCookie) < 4096).toBe(true);
	});
});

describe('read', () => {
	it.each([
		['no cookie', ''],
		['another cookie', 'session=x'],
	])('finds nobody with %s', async (_, cookie) => {
		expect(await make().read(bring(cookie))).toEqual({ state: 'signed-out', reason: 'no-cookie' });
	});

	it.each(['', 'x', 'Fe26.2*1*a*b*c**d*e~2', '%', '*'.repeat(9), 'x'.repeat(20_000), 'null~2'])(
		'is not upset by the cookie %.20s',
		async (value) => {
			expect((await make().read(bring(`__Host-session=${value}`))).state).toBe('signed-out');
		},
	);

	it('refuses every alteration of a seal', async () => {
		const sessions = make();
		const cookie = await cookieOf(sessions);
		for (let i = cookie.indexOf('=') + 1; i < cookie.length; i += 7) {
			const changed = cookie.slice(0, i) + (cookie[i] === 'A' ? 'B' : 'A') + cookie.slice(i + 1);
			expect((await sessions.read(bring(changed))).state).toBe('signed-out');
		}
	});

	it.each([
		['nothing', {}],
		['no sub', { sid: 'a', iat: 1, seen: 1 }],
		['times in words', { sid: 'a', sub: 'b', iat: 'x', seen: 'y' }],
		['a list', []],
		['null', null],
	])('refuses a good seal that holds %s', async (_, content) => {
		const seal = await sealData(content, { password: SECRET, ttl: 0 });
		expect(await make().read(bring(`__Host-session=${seal}`))).toEqual({ state: 'signed-out', reason: 'unreadable' });
	});

	it('finds the right one among several cookies of the name', async () => {
		const sessions = make();
		const cookie = await cookieOf(sessions);
		expect((await sessions.read(bring(`__Host-session=planted; ${cookie}`))).state).toBe('signed-in');
	});

	it('refuses a session from the future', async () => {
		const time = clock();
		const sessions = make({ now: time.now });
		const cookie = await cookieOf(sessions);
		time.pass(-61);
		expect((await sessions.read(bring(cookie))).state).toBe('signed-out');
	});

	it('asks whether the session was revoked, and takes a failing answer for yes', async () => {
		const cookie = await cookieOf(make());
		expect(await make({ isRevoked: (session) => session.sub === 'ada' }).read(bring(cookie))).toEqual({
			state: 'signed-out',
			reason: 'revoked',
		});
		expect(
			await make({
				isRevoked: () => {
					throw new Error('x');
				},
			}).read(bring(cookie)),
		).toEqual({ state: 'signed-out', reason: 'revoked' });
		expect((await make({ isRevoked: () => false }).read(bring(cookie))).state).toBe('signed-in');
	});
});

describe('timeouts', () => {
	it('ends a session that was idle, at the second', async () => {
		const time = clock();
		const sessions = make({ now: time.now, idleSeconds: 600 });
		const cookie = await cookieOf(sessions);
		time.pass(599);
		expect((await sessions.read(bring(cookie))).state).toBe('signed-in');
		time.pass(1);
		expect(await sessions.read(bring(cookie))).toEqual({ state: 'signed-out', reason: 'idle' });
	});

	it('renews at most once a minute, keeps id and start, and ends at the absolute time', async () => {
		const time = clock();
		const sessions = make({ now: time.now, idleSeconds: 600, absoluteSeconds: 1000 });
		let cookie = await cookieOf(sessions);
		time.pass(59);
		expect(await sessions.read(bring(cookie))).toMatchObject({ state: 'signed-in', setCookie: null });
		time.pass(441);
		const reading = await sessions.read(bring(cookie));
		if (reading.state !== 'signed-in' || reading.setCookie === null) throw new Error('not renewed');
		expect(reading.session).toMatchObject({ iat: START / 1000, seen: START / 1000 + 500 });
		expect(reading.setCookie).toContain('Max-Age=500;');
		cookie = pairOf(reading.setCookie);
		time.pass(499);
		expect((await sessions.read(bring(cookie))).state).toBe('signed-in');
		time.pass(1);
		expect(await sessions.read(bring(cookie))).toEqual({ state: 'signed-out', reason: 'too-old' });
	});
});

describe('two keys in rotation', () => {
	it('reads sessions under the previous key, seals anew under the current, and forgets the previous', async () => {
		const time = clock();
		const old = await cookieOf(make({ secret: OTHER, now: time.now }));
		const rotating = make({ previous: OTHER, now: time.now });
		time.pass(120);
		const reading = await rotating.read(bring(old));
		if (reading.state !== 'signed-in' || reading.setCookie === null) throw new Error('not renewed');
		const after = make({ now: time.now });
		expect((await after.read(bring(pairOf(reading.setCookie)))).state).toBe('signed-in');
		expect(await after.read(bring(old))).toEqual({ state: 'signed-out', reason: 'unreadable' });
	});
});

describe('clear', () => {
	it('removes the cookie under its secure name', () => {
		expect(make().clear(new Request(URL_))).toEqual([
			'__Host-session=; Path=/; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT; HttpOnly; Secure; SameSite=Lax',
		]);
	});
});

describe('configuration', () => {
	it.each<[string, Partial<SessionsOptions>, string, number | null]>([
		['missing', { secret: undefined }, 'SESSION_SECRET', null],
		['short', { secret: 'k3J9xQ2m' }, 'SESSION_SECRET', 8],
	])('gives a value with variable and length when the secret is %s', async (_, options, variable, length) => {
		const sessions = make(options);
		expect(sessions.problem).toMatchObject({ kind: 'configuration', variable, length });
		expect(await sessions.signIn(new Request(URL_), 'ada')).toEqual({ ok: false, problem: sessions.problem });
		expect(await sessions.read(bring('__Host-session=x'))).toEqual({ state: 'unavailable', problem: sessions.problem });
		expect(JSON.stringify(sessions.problem)).not.toContain('k3J9xQ2m');
	});

	it('leaves out a previous secret that cannot be used, says so once, and signs in as before', async () => {
		const lines: string[] = [];
		const sessions = make({ previous: 'k3J9xQ2m', log: (line) => lines.push(line) });
		expect(sessions.problem).toBeNull();
		expect(sessions.warnings).toMatchObject([{ variable: 'SESSION_SECRET_PREVIOUS', length: 8 }]);
		const cookie = await cookieOf(sessions);
		expect((await sessions.read(bring(cookie))).state).toBe('signed-in');
		expect(lines).toEqual([
			expect.stringMatching(/^sessions: the previous secret is left out: SESSION_SECRET_PREVIOUS is 8 characters long/),
		]);
		expect(JSON.stringify([lines, sessions.warnings])).not.toContain('k3J9xQ2m');
	});

	it.each([undefined, '', OTHER])('has nothing to warn of with the previous secret %j', (previous) => {
		expect(make({ previous }).warnings).toEqual([]);
	});

	it.each([
		{ log: 'x' as never },
		{ cookieName: 'a b' },
		{ origin: 'shop' },
		{ idleSeconds: 0 },
		{ absoluteSeconds: 1.5 },
		{ idleSeconds: 700, absoluteSeconds: 600 },
		{ secret: 5 as never },
		{ isRevoked: true as never },
	])('refuses %j at start', (options) => {
		expect(() => make(options)).toThrow(/^createSessions: option \w+: expected .*, got /);
	});
});
