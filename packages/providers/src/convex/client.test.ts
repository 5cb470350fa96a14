import { readFileSync } from 'node:fs';
import { Secret } from '@holdfast/checks/secret';
import type { ConvexPort, ConvexTarget, VendorVerdict } from '@holdfast/checks/vendors';
import { describe, expect, it } from 'vitest';
import { describeProviderContract, secret } from '../contract-suite.ts';
import type { Fetch } from '../http/ask-vendor.ts';
import { createConvexPort } from './index.ts';

const read = (name: string) => readFileSync(new URL(`./fixtures/${name}.json`, import.meta.url), 'utf8');
const clock = { tick: () => 0, now: () => 1_772_618_400_000 };
const signal = new AbortController().signal;
const target: ConvexTarget = { url: 'https://calm-otter-1.convex.cloud', adminKey: new Secret(`prod:calm-otter-1|${secret}\n`) };
const success = (value: unknown) => JSON.stringify({ status: 'success', value });
const failure = (errorMessage: string, errorData?: unknown) => JSON.stringify({ status: 'error', errorMessage, errorData });

type Ask = (port: ConvexPort, given: AbortSignal) => Promise<VendorVerdict<unknown>>;
const badBodies = [
	'',
	'SECRET',
	'<!doctype html>SECRET',
	'{"status":"odd","value":"SECRET"}',
	'{"status":"success","value":"SECRET"}',
	'[1]',
];
const byGet = ['accept', 'authorization', 'convex-client', 'user-agent'];
const byPost = ['accept', 'authorization', 'content-type', 'convex-client', 'user-agent'];

describe.each<[string, Ask, string | ((url: string) => string), Partial<Parameters<typeof describeProviderContract>[0]>]>([
	['state', (port, given) => port.readState(target, given), success({ system: 'none', usage_limit: 'none', user: 'none' }), {}],
	['log', (port, given) => port.readLog(target, 0, given), read('log'), { headers: byGet, maxBytes: 24 * 1024 * 1024 }],
	[
		'usage',
		(port, given) => port.readUsage(target, given),
		(url) => read(url.endsWith('limits') ? 'usage-limits' : 'usage'),
		{ headers: byGet, requests: 2 },
	],
	[
		'environment',
		(port, given) => port.listEnvironment(target, given),
		'{"environmentVariables":{}}',
		{ headers: byGet, maxBytes: 16 * 1024 * 1024, otherwise: [404, 410] },
	],
	[
		'documents',
		(port, given) => port.findDocument(target, { table: 'users', field: 'email', value: 'a' }, given),
		success({ page: [], isDone: true, continueCursor: '' }),
		{ maxBytes: 16 * 1024 * 1024 },
	],
	['functions', (port, given) => port.listFunctions(target, given), read('function-spec'), {}],
	['last push', (port, given) => port.readLastPush(target, given), success({ _creationTime: 1 }), {}],
	['providers', (port, given) => port.readAuthProviders(target, given), success([]), {}],
])('convex %s', (name, ask, goodBody, more) => {
	describeProviderContract({
		name: `convex ${name}`,
		ask: (options, given) => ask(createConvexPort({ ...options, ...clock }), given),
		goodBody,
		badBodies,
		headers: byPost,
		...more,
	});

	it('without a key asks nothing, and says what to set', async () => {
		const { adminKey: _, ...without } = target;
		const port = createConvexPort({ ...clock, timeoutMs: 100, fetch: async () => Promise.reject(new Error('asked')) });
		const asked = ask({ ...port, ...bind(port, without) } as ConvexPort, signal);
		expect(await asked).toMatchObject({ kind: 'no-answer', code: 'not-configured', enable: expect.stringContaining('adminKey') });
	});
});

/** The same questions to another target. */
function bind(port: ConvexPort, other: ConvexTarget): Partial<ConvexPort> {
	return {
		readState: (_target, given) => port.readState(other, given),
		readLog: (_target, since, given) => port.readLog(other, since, given),
		readUsage: (_target, given) => port.readUsage(other, given),
		listEnvironment: (_target, given) => port.listEnvironment(other, given),
		findDocument: (_target, where, given) => port.findDocument(other, where, given),
		listFunctions: (_target, given) => port.listFunctions(other, given),
		readLastPush: (_target, given) => port.readLastPush(other, given),
		readAuthProviders: (_target, given) => port.readAuthProviders(other, given),
	};
}

function portOf(answer: (url: string, body: Record<string, unknown>) => Response | string): { port: ConvexPort; asked: RequestInit[] } {
	const asked: RequestInit[] = [];
	const fetch: Fetch = async (url, init) => {
		asked.push(init);
		const given = answer(url, typeof init.body === 'string' ? JSON.parse(init.body) : {});
		return typeof given === 'string' ? new Response(given) : given;
	};
	return { port: createConvexPort({ ...clock, timeoutMs: 1000, fetch }), asked };
}

it('the key is sent trimmed, in the header, and a broken one not at all', async () => {
	const { port, asked } = portOf(() => success({ system: 'none', usage_limit: 'none', user: 'paused' }));
	expect(await port.readState(target, signal)).toMatchObject({ value: { user: 'paused', running: false } });
	expect(new Headers(asked[0]?.headers).get('authorization')).toBe(`Convex prod:calm-otter-1|${secret}`);
	expect(await port.readState({ ...target, adminKey: new Secret('a\nb') }, signal)).toMatchObject({ code: 'not-configured' });
	expect(asked).toHaveLength(1);
});

it.each([
	[401, 'BadAdminKey', 'unauthorized', 'does not accept the key'],
	[403, 'BadDeployKey', 'unauthorized', 'does not accept the key'],
	[403, 'OperationNotPermitted', 'forbidden', 'deployment:logs:view'],
	[429, 'TooManyConcurrentRequests', 'rate-limited', '429 TooManyConcurrentRequests'],
	[503, 'WorkerOverloaded', 'server-error', 'overloaded'],
	[400, 'ClientVersionUnsupported', 'bad-response', '400 ClientVersionUnsupported'],
])('%s %s is told as what it is', async (status, code, expected, words) => {
	const message = `You do not have permission to perform this operation (deployment:logs:view). ${secret}`;
	const { port } = portOf(() => new Response(JSON.stringify({ code, message }), { status }));
	const verdict = await port.readLog(target, 0, signal);
	expect(verdict).toMatchObject({ kind: 'no-answer', code: expected, reason: expect.stringContaining(words) });
	expect(JSON.stringify(verdict)).not.toContain(secret);
});

it('an older backend’s state is asked for by its older name', async () => {
	const { port } = portOf((_url, { path }) =>
		String(path).includes('backendState') ? failure("Could not find public function for 'x'") : success({ state: 'suspended' }),
	);
	expect(await port.readState(target, signal)).toMatchObject({ value: { system: 'suspended', user: 'none', running: false } });
});

describe('the log', () => {
	it('has executions oldest first, with what they read and what they logged', async () => {
		const verdict = await portOf(() => read('log')).port.readLog(target, 1_772_618_000_000, signal);
		expect(verdict).toEqual({
			kind: 'answer',
			value: {
				mayHaveGap: false,
				executions: [
					expect.objectContaining({
						path: 'orders:place',
						kind: 'mutation',
						conflict: true,
						error: expect.stringMatching(/^Uncaught Error: No such product/),
					}),
					{
						path: 'products:list',
						kind: 'query',
						at: '2026-03-04T09:59:01.250Z',
						durationMs: 187.4,
						error: null,
						cached: false,
						documentsRead: 4100,
						bytesRead: 512_000,
						bytesReturned: 2048,
						conflict: false,
						lines: ["[WARN] 'slow path'"],
					},
				],
			},
		});
		expect(JSON.stringify(verdict)).not.toContain('abcdef0123456789');
	});

	it('that begins after the window may have a gap', async () => {
		expect(await portOf(() => read('log')).port.readLog(target, 0, signal)).toMatchObject({ value: { mayHaveGap: true } });
	});

	it('that is empty is waited for and then told from a deployment that hangs', async () => {
		const slow =
			(alive: boolean): Fetch =>
			(url, init) =>
				alive && url.endsWith('/version')
					? Promise.resolve(new Response('1.0'))
					: new Promise((_resolve, reject) => init.signal?.addEventListener('abort', () => reject(new Error('aborted')), { once: true }));
		const ask = (alive: boolean) => createConvexPort({ ...clock, timeoutMs: 40, fetch: slow(alive) }).readLog(target, 0, signal);
		expect(await ask(true)).toEqual({ kind: 'answer', value: { executions: [], mayHaveGap: true, silent: true } });
		expect(await ask(false)).toMatchObject({ kind: 'no-answer', code: 'timeout' });
	});
});

it('usage stands with its limits, or not at all', async () => {
	const good = portOf((url) => read(url.endsWith('limits') ? 'usage-limits' : 'usage'));
	expect(await good.port.readUsage(target, signal)).toMatchObject({
		value: {
			complete: false,
			metrics: [
				{ metric: 'functionCalls', day: 1200, month: 34_000 },
				{ metric: 'databaseIoGb', unit: 'GB', month: null },
			],
			limits: [{ metric: 'functionCalls', window: 'month', type: 'disable', limit: 50_000, enabled: true }],
		},
	});
	const half = portOf((url) => (url.endsWith('limits') ? new Response('', { status: 403 }) : read('usage')));
	expect(await half.port.readUsage(target, signal)).toMatchObject({ kind: 'no-answer', code: 'forbidden' });
});

it('auth providers come with their keys, or with why not', async () => {
	const { port } = portOf((url) => {
		if (url.endsWith('/api/query')) return read('auth-providers');
		if (url === 'https://shop.example/.well-known/jwks.json') return '{"keys":[{"kid":"k9","kty":"EC","crv":"P-256"}]}';
		return url.includes('openid')
			? '{"issuer":"https://other.example","jwks_uri":"https://other.example/keys"}'
			: new Response('', { status: 404 });
	});
	expect(await port.readAuthProviders(target, signal)).toEqual({
		kind: 'answer',
		value: [
			{
				kind: 'custom-jwt',
				issuer: 'https://shop.example',
				audience: 'shop',
				jwksUrl: 'https://shop.example/.well-known/jwks.json',
				algorithm: 'ES256',
				keys: [{ keyId: 'k9', algorithm: 'ES256' }],
				keysProblem: null,
			},
			expect.objectContaining({
				kind: 'oidc',
				issuer: 'https://id.example',
				keys: null,
				keysProblem: expect.stringContaining('another issuer'),
			}),
			expect.objectContaining({ jwksUrl: 'data:', audience: null, keys: [{ keyId: 'k1', algorithm: 'RS256' }] }),
		],
	});
});

it('the environment gives names, and its values stay behind', async () => {
	const { port } = portOf(() => JSON.stringify({ environmentVariables: { SHOP_ISSUER: secret, A: secret } }));
	const verdict = await port.listEnvironment(target, signal);
	expect(verdict).toEqual({ kind: 'answer', value: ['A', 'SHOP_ISSUER'] });
});

describe('a document', () => {
	const pages =
		(count: number) =>
		(_url: string, { args }: Record<string, unknown>) => {
			const at = Number((args as { paginationOpts: { cursor: string | null } }).paginationOpts.cursor ?? 0);
			const page = Array.from({ length: 500 }, (_, index) => ({
				profile: { email: `u${at * 500 + index}@x.example` },
				passwordHash: secret,
			}));
			return success({ page, isDone: at + 1 >= count, continueCursor: String(at + 1) });
		};
	const find = (count: number, value: string) =>
		portOf(pages(count)).port.findDocument(target, { table: 'users', field: 'profile.email', value }, signal);

	it('is found on a later page', async () =>
		expect(await find(3, 'u700@x.example')).toEqual({ kind: 'answer', value: { found: true, looked: 701, complete: false } }));
	it('is not found among all', async () =>
		expect(await find(2, 'nobody')).toEqual({ kind: 'answer', value: { found: false, looked: 1000, complete: true } }));
	it('is looked for among the newest 5,000', async () =>
		expect(await find(99, 'nobody')).toEqual({ kind: 'answer', value: { found: false, looked: 5000, complete: false } }));
});

it('functions are those that the deployed code offers', async () => {
	expect(await portOf(() => read('function-spec')).port.listFunctions(target, signal)).toEqual({
		kind: 'answer',
		value: [
			{ path: 'products:list', kind: 'query', public: true },
			{ path: 'orders:settle', kind: 'mutation', public: false },
			{ path: 'GET /health', kind: 'http-action', public: true },
		],
	});
});

it('the last push is a time, or nothing where the deployment keeps none', async () => {
	expect(await portOf(() => success({ _creationTime: 1_772_618_400_000.5 })).port.readLastPush(target, signal)).toMatchObject({
		value: { at: '2026-03-04T10:00:00.000Z' },
	});
	expect(await portOf(() => success(null)).port.readLastPush(target, signal)).toMatchObject({ value: { at: null } });
	expect(await portOf(() => failure('Could not find function')).port.readLastPush(target, signal)).toMatchObject({ value: { at: null } });
});
