import { describe, expect, it } from 'vitest';
import { codesOf, makeService, runCheck } from '../../fixtures/check-service.ts';
import { file, redirect, routes, serve, serveRaw } from '../../fixtures/serve.ts';
import { judgeLatency, medianPhases } from './judge-latency.ts';

const phase = (name: string, durationMs: number) => ({ name, durationMs });

describe('judging', () => {
	const limits = { warn: 800, max: 1800 };
	it.each([
		[[100, 200, 300], []],
		[[100, 900, 900], ['warn latency.slow.first-byte']],
		[[2000, 2100, 100], ['fail latency.slow.first-byte']],
		// One slow request of three is not the rule.
		[[100, 100, 9000], []],
	])('totals of %j ms give %j', (totals, codes) => {
		const findings = judgeLatency([phase('connect', 5), phase('first-byte', 700)], totals, limits, '/');
		expect(findings.map(({ code, severity }) => `${severity} ${code}`)).toEqual(codes);
	});

	it('names the slowest phase with its share', () => {
		const [finding] = judgeLatency([phase('dns', 1500), phase('first-byte', 200)], [1750], limits, '/');
		expect(finding).toMatchObject({
			code: 'latency.slow.dns',
			message: '/ takes 1750 ms, more than 800 ms; 1500 ms of it resolving the name',
		});
	});

	it('takes the median of each phase', () => {
		expect(medianPhases([[phase('connect', 1), phase('body', 9)], [phase('connect', 3)], [phase('connect', 2)]])).toEqual([
			phase('connect', 2),
			phase('body', 9),
		]);
	});
});

it('asks three times and shows phases', async () => {
	const { url, asked } = await serve(file('text/html', '<p>x</p>'));
	const observation = await runCheck('http.latency', makeService(url));
	expect(observation.state).toBe('ok');
	expect(observation.phases.map(({ name }) => name)).toEqual(['connect', 'first-byte', 'body']);
	expect(observation.reason).toMatch(/^\/ answers in \d+ ms \(median of 3; most of it /);
	expect(asked).toHaveLength(3);
});

it('fails above its maximum', async () => {
	const { url } = await serve((_request, response) => void setTimeout(() => response.end('x'), 30));
	expect(codesOf(await runCheck('http.latency', makeService(url), { max: 10, warn: 5, samples: 1 }))).toEqual(['latency.slow.first-byte']);
});

it('says in which phase it hangs, and asks only once', async () => {
	let connections = 0;
	const { url } = await serveRaw(() => {
		connections += 1;
	});
	const observation = await runCheck('http.latency', makeService(url), {}, { overallMs: 250 });
	expect(observation).toMatchObject({
		state: 'fail',
		reason: expect.stringContaining('while waiting for the first byte'),
		findings: [{ code: 'latency.hang.first-byte' }],
	});
	// One for net.tcp, one for http.latency.
	expect(connections).toBe(2);
});

it('warns when only some requests are answered', async () => {
	let count = 0;
	const { url } = await serve((request, response) => {
		count += 1;
		if (count > 1) request.socket.destroy();
		else response.end('x');
	});
	expect(codesOf(await runCheck('http.latency', makeService(url)))).toEqual(['latency.unsteady']);
});

describe('a very slow page', () => {
	const slow = async (delayMs: number) =>
		serve((_request, response) => void setTimeout(() => response.writeHead(200, { 'content-type': 'text/html' }).end('x'), delayMs));

	it('fails as soon as the median is settled', async () => {
		const { url, asked } = await slow(60);
		const observation = await runCheck('http.latency', makeService(url), { max: 30, warn: 20, samples: 5 });
		expect(codesOf(observation)).toEqual(['latency.slow.first-byte']);
		expect(observation.reason).toMatch(/more than 30 ms.*\(3 of 5 requests made; each takes long\)$/);
		expect(asked).toHaveLength(3);
	});

	it('is judged by what was measured before the deadline', async () => {
		const { url, asked } = await slow(300);
		const observation = await runCheck('http.latency', makeService(url), { max: 250, warn: 200 }, { overallMs: 550 });
		expect(observation).toMatchObject({ state: 'fail', findings: [{ code: 'latency.slow.first-byte' }], measurements: [{}, { value: 1 }] });
		expect(observation.reason).toContain('(1 of 3 requests made');
		expect(asked).toHaveLength(1);
	});
});

describe('what is no page is not timed', () => {
	it.each([500, 404, 429])('an answer of %s', async (status) => {
		const { url, asked } = await serve((_request, response) => void response.writeHead(status).end());
		const observation = await runCheck('http.latency', makeService(url), { path: '/orders' });
		expect(observation).toMatchObject({ state: 'unknown', enable: expect.stringContaining('holdfast check http.status path=/orders') });
		expect(asked).toEqual(['GET /orders']);
	});

	it('a redirect loop, or a redirect to another host', async () => {
		const { url } = await serve(routes({ '/': redirect('/'), '/away': redirect('https://elsewhere.example/') }));
		expect(await runCheck('http.latency', makeService(url))).toMatchObject({
			state: 'unknown',
			enable: 'holdfast check http.redirects path=/',
		});
		expect((await runCheck('http.latency', makeService(url), { path: '/away' })).state).toBe('unknown');
	});

	it('a redirect: the page it leads to is, as the same visitor', async () => {
		const { url, asked } = await serve((request, response) => {
			if (request.headers.cookie === 'seen=1') return void response.writeHead(200, { 'content-type': 'text/html' }).end('x');
			return void response.writeHead(302, { location: '/home', 'set-cookie': 'seen=1; Path=/' }).end();
		});
		const observation = await runCheck('http.latency', makeService(url));
		expect(observation).toMatchObject({ state: 'ok', reason: expect.stringMatching(/^\/ \(at \/home\) answers in \d+ ms \(median of 3/) });
		expect(asked).toEqual(['GET /', 'GET /home', 'GET /home', 'GET /home']);
	});
});
