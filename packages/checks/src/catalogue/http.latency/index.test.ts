import { describe, expect, it } from 'vitest';
import { codesOf, makeService, runCheck } from '../../fixtures/check-service.ts';
import { file, serve, serveRaw } from '../../fixtures/serve.ts';
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
