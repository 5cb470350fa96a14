import { createHmac, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { codesOf, makeService, runCheck } from '../../fixtures/check-service.ts';
import { type Handler, json, routes, serve } from '../../fixtures/serve.ts';
import { judgeProof } from './judge-proof.ts';
import { alterToken } from './read-token.ts';

const secret = 'only-for-this-test';

function sign(random: string): string {
	return `${createHmac('sha256', secret).update(random).digest('hex')}.${random}`;
}

interface Flaws {
	readonly acceptsAbsent?: boolean;
	/** Compares header and cookie, and does not look at the signature. */
	readonly unsigned?: boolean;
	/** Takes any signed token, whoever it was issued to. */
	readonly unbound?: boolean;
	readonly refusesAll?: boolean;
}

/** A signed double-submit endpoint, whole or with one of the mistakes that are made. */
function csrfEndpoint(flaws: Flaws = {}): Handler {
	return (request, response) => {
		const cookie = /csrf=([^;]+)/.exec(request.headers.cookie ?? '')?.[1];
		if (request.method === 'GET') {
			const token = cookie ?? sign(randomBytes(8).toString('hex'));
			response.setHeader('set-cookie', `__Host-csrf=${token}; Path=/; Secure; SameSite=Lax`);
			return json({ token, header: 'x-csrf-token' })(request, response);
		}
		const presented = request.headers['x-csrf-token'];
		const signed = typeof presented === 'string' && presented === sign(presented.split('.')[1] ?? '');
		const own = presented === cookie;
		const good =
			(presented === undefined && flaws.acceptsAbsent === true) ||
			(flaws.unsigned === true ? own && presented !== undefined : signed && (own || flaws.unbound === true));
		return void response.writeHead(good && flaws.refusesAll !== true && request.headers.origin !== undefined ? 204 : 403).end();
	};
}

const look = async (handler: Handler) => {
	const { url } = await serve(routes({ '/': '<p>Shop</p>', '/api/csrf': handler }));
	return runCheck('http.csrf', makeService(url));
};

it('is well when a token is accepted, and refused when absent, altered or another’s', async () => {
	const observation = await look(csrfEndpoint());
	expect(observation).toMatchObject({
		state: 'ok',
		reason: 'Issued, accepted when presented, refused when absent, altered or another visitor’s',
	});
	expect(observation.evidence[0]?.body.split('\n')).toEqual([
		'POST /api/csrf with the token: 204',
		'POST /api/csrf with no token: 403',
		'POST /api/csrf with an altered token: 403',
		'POST /api/csrf with another visitor’s token: 403',
	]);
	expect(JSON.stringify(observation)).not.toMatch(/[0-9a-f]{64}/);
});

describe('fails when', () => {
	it.each<[string, Flaws, string]>([
		['a request without a token is accepted', { acceptsAbsent: true }, 'csrf.absent-accepted'],
		['an altered token is accepted', { unsigned: true }, 'csrf.altered-accepted'],
		['another visitor’s token is accepted', { unbound: true }, 'csrf.foreign-accepted'],
		['a good token is refused', { refusesAll: true }, 'csrf.good-refused'],
	])('%s', async (_, flaws, code) => {
		const observation = await look(csrfEndpoint(flaws));
		expect([observation.state, codesOf(observation)]).toEqual(['fail', [code]]);
	});

	it.each([500, 503, 403])('no token is issued (%s)', async (status) => {
		const observation = await look(json({ token: 'not-to-be-shown-abcdefgh' }, status));
		expect([observation.state, codesOf(observation)]).toEqual(['fail', ['csrf.not-issued']]);
		expect(JSON.stringify(observation)).not.toContain('not-to-be-shown');
	});
});

describe('cannot tell when', () => {
	it.each<[string, Handler]>([
		['there is no endpoint', json({}, 404)],
		['it is told to slow down', json({}, 429)],
		['the answer holds no token', json({ hello: 1 })],
		[
			'POST is not offered',
			(request, response) =>
				request.method === 'GET'
					? json({ token: 'abcdefghijkl', header: 'x-csrf-token' })(request, response)
					: void response.writeHead(405).end(),
		],
		[
			'POST answers a page',
			(request, response) =>
				request.method === 'GET'
					? json({ token: 'abcdefghijkl', header: 'x-csrf-token' })(request, response)
					: void response.writeHead(200).end('<p>'),
		],
	])('%s', async (_, handler) => {
		const observation = await look(handler);
		expect(observation.state).toBe('unknown');
		expect(observation.enable).not.toBeNull();
	});
});

describe('where POST requests go', () => {
	const serveAt = async (path: string, handler: Handler) => serve(routes({ '/': '<p>Shop</p>', [path]: handler }));
	const posts = (asked: readonly string[]) => asked.filter((line) => line.startsWith('POST'));

	it('is not for a document to choose', async () => {
		const { url, asked } = await serveAt('/admin/new-token', csrfEndpoint());
		const observation = await runCheck('http.csrf', makeService(url), { path: '/admin/new-token' });
		expect(observation).toMatchObject({ state: 'unknown', enable: expect.stringContaining('csrf: {probe: /admin/new-token}') });
		expect(posts(asked)).toEqual([]);
	});

	it('is for the configuration to say', async () => {
		const { url, asked } = await serveAt('/form/token', csrfEndpoint());
		for (const params of [{}, { path: '/form/token' }] as const)
			expect((await runCheck('http.csrf', makeService(url, { csrfProbe: '/form/token' }), params)).state).toBe('ok');
		expect(new Set(posts(asked))).toEqual(new Set(['POST /form/token']));
	});

	it('is nowhere where the answer is not the kit’s', async () => {
		const { url, asked } = await serveAt('/api/csrf', json({ token: 'abcdefghijkl' }));
		expect(await runCheck('http.csrf', makeService(url))).toMatchObject({
			state: 'unknown',
			reason: expect.stringContaining('not as the kit'),
		});
		expect(posts(asked)).toEqual([]);
	});
});

it('presents a cookie that is not percent-encoded as it stands', async () => {
	const { url } = await serve(
		(_request, response) => void response.writeHead(200, { 'content-type': 'text/plain', 'set-cookie': 'csrf=100%zzabcdef; Path=/' }).end(),
	);
	expect((await runCheck('http.csrf', makeService(url))).reason).toContain('not as the kit does');
});

it('a 429 to one of the proofs leaves everything open', () => {
	expect(judgeProof({ presented: 403, absent: 403, altered: 429, foreign: 403 }, '/api/csrf').kind).toBe('unknown');
});

it('an altered token differs in one character', () => {
	for (const token of ['7abc', '3abc', 'bcde', 'zzzz']) {
		const altered = alterToken(token);
		expect(altered).not.toBe(token);
		expect(altered.slice(1)).toBe(token.slice(1));
	}
});
