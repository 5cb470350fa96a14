import { Secret } from '@holdfast/checks/secret';
import type { ConvexCall, ConvexTarget } from '@holdfast/checks/vendors';
import { describe, expect, it, onTestFinished } from 'vitest';
import { WebSocketServer } from 'ws';
import { describeProviderContract, secret } from '../contract-suite.ts';
import { classifyError } from './classify-error.ts';
import { createConvexPort } from './index.ts';
import { deriveSiteUrl } from './read-http-action.ts';

const clock = { tick: () => performance.now(), now: () => 1_772_618_400_000 };
const signal = new AbortController().signal;
const target: ConvexTarget = { url: 'https://calm-otter-1.convex.cloud' };
const call: ConvexCall = { kind: 'query', path: 'health:ping' };
const portOf = (body: string, status = 200) =>
	createConvexPort({ ...clock, timeoutMs: 500, fetch: async () => new Response(body, { status }) });

describeProviderContract({
	name: 'convex call',
	ask: (options, given) => createConvexPort({ ...options, ...clock }).callFunction(target, call, given),
	goodBody: '{"status":"success","value":1}',
	badBodies: ['', 'SECRET', '{"status":"odd"}', '{"status":"error"}'],
	headers: ['accept', 'content-type', 'convex-client', 'user-agent'],
	maxBytes: 5 * 1024 * 1024,
});

describeProviderContract({
	name: 'convex http action',
	ask: (options, given) => createConvexPort({ ...options, ...clock }).readHttpAction(target, { siteUrl: null, path: '/health' }, given),
	goodBody: '{"status":"ok"}',
	badBodies: [],
	statuses: 'answer',
});

describe('a call', () => {
	it('sends what the documented client sends', async () => {
		const asked: [string, unknown][] = [];
		const port = createConvexPort({
			...clock,
			timeoutMs: 500,
			fetch: async (url, init) => {
				asked.push([url, typeof init.body === 'string' ? JSON.parse(init.body) : null]);
				return new Response('{"status":"success","value":{"a":1}}');
			},
		});
		expect(await port.callFunction(target, { ...call, kind: 'mutation', args: { n: 1 } }, signal)).toMatchObject({
			kind: 'answer',
			value: { ok: true, value: { a: 1 } },
		});
		expect(asked).toEqual([['https://calm-otter-1.convex.cloud/api/mutation', { path: 'health:ping', format: 'json', args: { n: 1 } }]]);
	});

	it('with a token that is refused is an answer; without one it is none', async () => {
		const port = portOf('{"code":"NoAuthProvider","message":"x"}', 401);
		expect(await port.callFunction(target, { ...call, token: new Secret(secret) }, signal)).toMatchObject({
			value: { ok: false, error: 'unauthenticated' },
		});
		expect(await port.callFunction(target, call, signal)).toMatchObject({ kind: 'no-answer', code: 'unauthorized' });
	});

	it.each([
		['Cannot run functions while this deployment is paused. Resume the deployment in the dashboard settings', 'paused'],
		['[Request ID: ab12] Server Error\nCannot run functions while this deployment is suspended.', 'suspended'],
		['This deployment has been disabled because it exceeded a configured usage limit.', 'over-limit'],
		['You have exceeded the free plan limits, so your deployments have been disabled.', 'disabled'],
		['You have exceeded your spending limits, so your deployments have been disabled.', 'disabled'],
		['[Request ID: 0a1b2c3d4e5f] Server Error', 'redacted'],
		["Could not find public function for 'x:y'. Did you forget to run `npx convex dev`?", 'no-such-function'],
		['ArgumentValidationError: Object is missing the required field `id`.', 'arguments'],
		['Too many documents read in a single function execution (limit: 32000).', 'transaction-limit'],
		['Function execution timed out (maximum duration: 1s)', 'transaction-limit'],
		['[Request ID: ab] Server Error\nUncaught TypeError: x is undefined', 'other'],
	])('%s', (message, kind) => expect(classifyError(message, false)).toBe(kind));

	it('that the application refuses is the application’s, and its words are redacted', async () => {
		const body = JSON.stringify({ status: 'error', errorMessage: `Uncaught ConvexError: password=${secret}`, errorData: { code: 'full' } });
		const verdict = await portOf(body).callFunction(target, call, signal);
		expect(verdict).toMatchObject({ value: { ok: false, error: 'application' } });
		expect(JSON.stringify(verdict)).not.toContain(secret);
	});
});

describe('a token that nobody issued', () => {
	const ask = (body: string, status = 200) => portOf(body, status).probeForeignToken(target, signal);
	it('is refused', async () => expect(await ask('{"code":"NoAuthProvider"}', 401)).toEqual({ kind: 'answer', value: 'refused' }));
	it('is accepted where the function is looked for', async () =>
		expect(await ask('{"status":"error","errorMessage":"Could not find public function"}')).toEqual({ kind: 'answer', value: 'accepted' }));
	it('is not judged while functions do not run', async () =>
		expect(await ask('{"status":"error","errorMessage":"Cannot run functions while this deployment is paused"}')).toMatchObject({
			kind: 'no-answer',
		}));
	it('is not judged by a server in trouble', async () =>
		expect(await ask('', 503)).toMatchObject({ kind: 'no-answer', code: 'server-error' }));

	it('also comes in the name of each issuer that the deployment knows', async () => {
		const issuers: unknown[] = [];
		const port = createConvexPort({
			...clock,
			timeoutMs: 500,
			fetch: async (_url, init) => {
				const authorization = new Headers(init.headers).get('authorization') ?? '';
				if (authorization.startsWith('Convex '))
					return new Response(
						'{"status":"success","value":[{"type":"customJwt","issuer":"https://shop.example","jwks":"x","algorithm":"ES256"}]}',
					);
				issuers.push(JSON.parse(Buffer.from(authorization.split('.')[1] ?? '', 'base64url').toString()).iss);
				return issuers.length === 1
					? new Response('{"code":"NoAuthProvider"}', { status: 401 })
					: new Response('{"status":"error","errorMessage":"Could not find public function"}');
			},
		});
		expect(await port.probeForeignToken({ ...target, adminKey: new Secret('k') }, signal)).toEqual({ kind: 'answer', value: 'accepted' });
		expect(issuers).toEqual(['https://nobody.invalid', 'https://shop.example']);
	});
});

it.each([
	['https://calm-otter-1.convex.cloud', 'https://calm-otter-1.convex.site'],
	['https://calm-otter-1.eu-west-1.convex.cloud/x', 'https://calm-otter-1.eu-west-1.convex.site'],
	['http://127.0.0.1:3210', 'http://127.0.0.1:3211'],
	['https://convex.shop.example', 'https://convex.shop.example/http'],
	['odd', null],
])('HTTP actions of %s are at %s', (url, site) => expect(deriveSiteUrl(url)).toBe(site));

describe('the sync socket', () => {
	const reach = { private: true };
	type Say = (frame: Record<string, unknown>, send: (frame: unknown) => void, close: (code: number) => void) => void;
	async function serve(say: Say): Promise<string> {
		const server = new WebSocketServer({ port: 0, host: '127.0.0.1', path: '/api/1.48.0/sync' });
		onTestFinished(() => {
			for (const client of server.clients) client.terminate();
			server.close();
		});
		server.on('connection', (socket) =>
			socket.on('message', (data) =>
				say(
					JSON.parse((data as Buffer).toString()),
					(frame) => socket.send(JSON.stringify(frame)),
					(code) => socket.close(code),
				),
			),
		);
		await new Promise((resolve) => server.once('listening', resolve));
		return `http://127.0.0.1:${(server.address() as { port: number }).port}`;
	}
	const probe = (url: string, query: string | null = null, timeoutMs = 500, given = signal) =>
		createConvexPort({ ...clock, timeoutMs, fetch: async () => new Response() }).probeSync({ url, reach }, query, given);
	const transition = (modifications: unknown[]) => ({ type: 'Transition', startVersion: {}, endVersion: {}, modifications });

	it('opens, subscribes and sees its query answered', async () => {
		const seen: unknown[] = [];
		const url = await serve((frame, send) => {
			seen.push(frame.type === 'ModifyQuerySet' ? frame.modifications : frame.type);
			if (frame.type === 'ModifyQuerySet') {
				send({ type: 'Ping' });
				send(transition([]));
				send(transition([{ type: 'QueryUpdated', queryId: 0, value: secret }]));
			}
		});
		const verdict = await probe(url, 'products:list');
		expect(verdict).toMatchObject({ kind: 'answer', value: { query: 'result', message: null, firstTransitionMs: expect.any(Number) } });
		expect(JSON.stringify(verdict)).not.toContain(secret);
		expect(seen).toEqual(['Connect', [{ type: 'Add', queryId: 0, udfPath: 'products:list', args: [{}] }]]);
	});

	it('tells a query that fails, and a deployment that ends the session', async () => {
		const failing = await serve((_frame, send) =>
			send(transition([{ type: 'QueryFailed', queryId: 0, errorMessage: 'Could not find public function' }])),
		);
		expect(await probe(failing)).toMatchObject({ value: { query: 'error', message: 'Could not find public function' } });
		const fatal = await serve((_frame, send) => send({ type: 'FatalError', error: 'InternalServerError' }));
		expect(await probe(fatal)).toMatchObject({ value: { query: 'error', message: 'InternalServerError', firstTransitionMs: null } });
		const closing = await serve((_frame, _send, close) => close(1011));
		expect(await probe(closing)).toMatchObject({ value: { query: 'none', message: expect.stringContaining('1011') } });
	});

	it('that opens and falls silent is an answer', async () => {
		expect(await probe(await serve(() => {}), null, 80)).toMatchObject({
			kind: 'answer',
			value: { query: 'none', firstTransitionMs: null },
		});
	});

	it('that does not open is none', async () => {
		expect(await probe('http://127.0.0.1:1')).toMatchObject({ kind: 'no-answer', code: 'network' });
		const url = await serve(() => {});
		expect(await probe(url, null, 500, AbortSignal.abort())).toMatchObject({ kind: 'no-answer', code: 'aborted' });
		const port = createConvexPort({ ...clock, timeoutMs: 500, fetch: async () => new Response() });
		expect(await port.probeSync({ url, reach: { private: false } }, null, signal)).toMatchObject({
			code: 'refused',
			enable: expect.stringContaining('private'),
		});
		expect(await port.probeSync({ url: url.replace('127.0.0.1', 'localhost') }, null, signal)).toMatchObject({ code: 'refused' });
	});
});
