import { describe, expect, it } from 'vitest';
import { codesOf, makeService, runCheck, silentVendors } from './fixtures/check-service.ts';
import { file, findClosedPort, json, routes, serve, serveRaw } from './fixtures/serve.ts';
import { CheckUsageError, runChecks } from './run.ts';

const page = '<!doctype html><html><head><title>Shop</title><script src="/app.js"></script></head><body><h1>Products</h1></body></html>';
const healthy = routes({ '/': page, '/app.js': file('text/javascript', 'let x = 1;'), '/api/health': json({ status: 'ok' }) });

describe('requests', () => {
	it('bring their prerequisites, each question once, in the catalogue’s order', async () => {
		const { url, asked } = await serve(healthy);
		const requests = [
			{ id: 'http.page', params: {} },
			{ id: 'http.health', params: {} },
			{ id: 'http.health', params: { path: '/api/health', status: '200' } },
		];
		const observations = await runChecks({ service: makeService(url), requests, vendors: silentVendors });
		expect(observations.map((observation) => observation.key)).toEqual([
			'net.dns',
			'net.tcp',
			'http.redirects',
			'http.status',
			'http.health',
			'http.page',
		]);
		expect(observations.map((observation) => observation.state)).toEqual(Array(6).fill('ok'));
		expect(asked.filter((line) => line === 'GET /')).toHaveLength(1);
	});

	it('hand their path on to what they rest on', async () => {
		const { url } = await serve(routes({ '/': page, '/products': page }));
		const observations = await runChecks({
			service: makeService(url),
			requests: [{ id: 'http.page', params: { path: '/products' } }],
			vendors: silentVendors,
		});
		expect(observations.map((observation) => observation.key)).toContain('http.status path=/products');
	});

	it('give the same result in the same order, whoever finishes first', async () => {
		const { url } = await serve(healthy);
		const ids = ['http.latency', 'http.page', 'http.assets', 'http.caching', 'net.tcp', 'convex.url', 'vendor.status'];
		const run = async (order: readonly string[]) => {
			const observations = await runChecks({
				service: makeService(url),
				requests: order.map((id) => ({ id, params: {} })),
				vendors: silentVendors,
			});
			return observations.map(({ key, state, echoOf, findings }) => ({
				key,
				state,
				echoOf,
				codes: findings.map((finding) => finding.code),
			}));
		};
		expect(await run(ids)).toEqual(await run(ids.toReversed()));
	});

	it('report each observation as it comes', async () => {
		const { url } = await serve(healthy);
		const seen: string[] = [];
		await runChecks({
			service: makeService(url),
			requests: [{ id: 'net.tcp', params: {} }],
			vendors: silentVendors,
			onObservation: ({ key }) => seen.push(key),
		});
		expect(seen.toSorted()).toEqual(['net.dns', 'net.tcp']);
	});
});

describe('prerequisites that are wanted on failure only', () => {
	const ask = (url: string, path: string) =>
		runChecks({
			service: makeService(url),
			requests: [{ id: 'http.page', params: { path } }],
			vendors: silentVendors,
			prerequisites: 'on-failure',
		});
	const keysOf = (observations: Awaited<ReturnType<typeof ask>>) => observations.map(({ key }) => key);

	it('stay away while the answer is good', async () => {
		const { url } = await serve(healthy);
		expect(keysOf(await ask(url, '/'))).toEqual(['http.page path=/']);
	});

	it('explain a failure as they always do', async () => {
		const { url } = await serve((_request, response) => void response.writeHead(503).end('gone'));
		const lazy = await ask(url, '/');
		const whole = await runChecks({
			service: makeService(url),
			requests: [{ id: 'http.page', params: { path: '/' } }],
			vendors: silentVendors,
		});
		const judged = (observations: typeof lazy) => observations.map(({ key, state, echoOf }) => ({ key, state, echoOf }));
		expect(judged(lazy)).toEqual(judged(whole));
		expect(lazy.find(({ check }) => check === 'http.page')?.echoOf).not.toBeNull();
	});

	it('begin beside an answer that takes long, and end with it', async () => {
		const { url } = await serveRaw(() => {});
		const began = performance.now();
		const observations = await runChecks({
			service: makeService(url),
			requests: [{ id: 'http.status', params: {} }],
			vendors: silentVendors,
			overallMs: 2000,
			prerequisites: 'on-failure',
		});
		expect(performance.now() - began).toBeLessThan(3000);
		expect(keysOf(observations)).toContain('net.tcp');
		expect(observations.find(({ check }) => check === 'net.tcp')?.state).toBe('ok');
	});
});

describe('wrong requests', () => {
	it('are refused before anything runs, all at once, with the nearest name', async () => {
		const { url, asked } = await serve(healthy);
		const requests = [
			{ id: 'http.healht', params: {} },
			{ id: 'http.latency', params: { mx: 300, warn: 'abc', samples: 99 } },
			{ id: 'http.health', params: { expect: '{"status":', path: 'api/health' } },
			{ id: 'net.tcp', params: { target: 'database' } },
			{ id: 'convex.url', params: { url: 'x' } },
		];
		const error = await runChecks({ service: makeService(url), requests, vendors: silentVendors }).catch((thrown: unknown) => thrown);
		expect(error).toBeInstanceOf(CheckUsageError);
		const problems = error instanceof CheckUsageError ? error.problems.map(({ message, hint }) => `${message} ${hint}`) : [];
		expect(problems).toEqual([
			'http.healht: no such check. Did you mean http.health?',
			'http.latency has no parameter mx. Did you mean max?',
			'http.latency warn=abc: expected a whole number from 1 to 600000. For example warn=800.',
			'http.latency samples=99: expected a whole number from 1 to 10. For example samples=3.',
			'http.health path=api/health: expected a path that begins with /. For example path=/api/health.',
			'http.health expect={"status":: expected JSON text such as {"status":"ok"}. For example expect="{\\"status\\":\\"ok\\"}".',
			'net.tcp target=database: expected one of app, convex. For example target=convex.',
			'convex.url has no parameter url. It takes none.',
		]);
		expect(asked).toEqual([]);
	});
});

describe('failures', () => {
	it('have one root: where nothing listens, everything above is an echo', async () => {
		const port = await findClosedPort();
		const ids = ['http.health', 'http.page', 'http.assets', 'http.csrf', 'http.latency', 'http.security-headers', 'http.redirects'];
		const observations = await runChecks({
			service: makeService(`http://127.0.0.1:${port}`),
			requests: ids.map((id) => ({ id, params: {} })),
			vendors: silentVendors,
		});
		const failing = observations.filter((observation) => observation.state === 'fail');
		expect(failing.filter((observation) => observation.echoOf === null).map((observation) => observation.key)).toEqual(['net.tcp']);
		expect(failing.length).toBeGreaterThan(4);
		expect(new Set(failing.flatMap(({ echoOf }) => echoOf ?? []))).toEqual(new Set(['net.tcp']));
		expect(failing[0]?.reason).toBe(`Nothing listens on 127.0.0.1:${port} (connection refused)`);
	});

	it('of a service that may not be asked are unknown, with the setting that would allow it', async () => {
		const { url } = await serve(healthy);
		const observations = await runChecks({
			service: makeService(url, { private: false }),
			requests: [{ id: 'http.health', params: {} }],
			vendors: silentVendors,
		});
		expect(observations.find(({ check }) => check === 'http.health')).toMatchObject({
			state: 'unknown',
			enable: 'set `private: true` for the service if that is meant',
		});
		expect(observations.some(({ state }) => state === 'fail')).toBe(false);
	});
});

describe('time', () => {
	it('bounds the whole run; a hanging server is told with the phase', async () => {
		const { url } = await serveRaw(() => {});
		const startedAt = performance.now();
		const ids = ['http.health', 'http.latency', 'http.page', 'http.assets', 'http.csrf'];
		const observations = await runChecks({
			service: makeService(url),
			requests: ids.map((id) => ({ id, params: {} })),
			vendors: silentVendors,
			overallMs: 400,
		});
		expect(performance.now() - startedAt).toBeLessThan(1500);
		expect(observations.find(({ check }) => check === 'http.latency')).toMatchObject({
			state: 'fail',
			findings: [{ code: 'latency.hang.first-byte' }],
		});
	});

	it('makes a check that overruns unknown, never failing', async () => {
		const { url } = await serve(healthy);
		const vendors = { ...silentVendors, statusPage: { readStatus: () => new Promise<never>(() => {}) } };
		const observation = await runCheck('vendor.status', makeService(url), { vendor: 'convex' }, { vendors, overallMs: 60 });
		expect(observation).toMatchObject({ state: 'unknown', reason: 'Did not finish within 0.06 s' });
	});

	it('is the caller’s: a stopped run gives unknown', async () => {
		const { url } = await serveRaw(() => {});
		const observation = await runCheck('http.health', makeService(url), {}, { signal: AbortSignal.timeout(30) });
		expect(observation).toMatchObject({ state: 'unknown' });
		expect(codesOf(observation)).toEqual([]);
	});

	it('of concurrent checks is that of the slowest one', async () => {
		const slow = (
			_request: unknown,
			response: {
				end: (text: string) => void;
				writeHead: (status: number, headers: Record<string, string>) => { end: (text: string) => void };
			},
		) => void setTimeout(() => response.writeHead(200, { 'content-type': 'text/html' }).end('<p>slow</p>'), 120);
		const { url } = await serve(slow);
		const startedAt = performance.now();
		const ids = ['http.status', 'http.page', 'http.health', 'http.cookies', 'http.security-headers', 'http.caching', 'http.assets'];
		const observations = await runChecks({
			service: makeService(url),
			requests: ids.map((id) => ({ id, params: {} })),
			vendors: silentVendors,
		});
		const slowest = Math.max(...observations.map(({ durationMs }) => durationMs));
		expect(performance.now() - startedAt).toBeLessThan(slowest * 1.3 + 50);
	});
});

it('a bug in one check leaves the others alone', async () => {
	const { url } = await serve(healthy);
	const vendors = {
		...silentVendors,
		statusPage: {
			readStatus: async () => {
				throw new TypeError('cannot read token=abcdefgh of undefined');
			},
		},
	};
	const requests = [
		{ id: 'vendor.status', params: { vendor: 'convex' } },
		{ id: 'http.health', params: {} },
	];
	const observations = await runChecks({ service: makeService(url), requests, vendors });
	expect(observations.find(({ check }) => check === 'vendor.status')).toMatchObject({
		state: 'unknown',
		reason: expect.stringContaining('The check itself broke (TypeError'),
	});
	expect(JSON.stringify(observations)).not.toContain('abcdefgh');
	expect(observations.find(({ check }) => check === 'http.health')).toMatchObject({ state: 'ok' });
});
