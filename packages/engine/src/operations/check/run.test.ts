import { afterEach, describe, expect, it } from 'vitest';
import { type Answer, type Application, findClosedUrl, startApplication } from '../../fixtures/start-application.ts';
import { createTestContext } from '../../fixtures/test-context.ts';
import { runServiceCheck } from './run.ts';

let application: Application | null = null;
afterEach(async () => {
	await application?.close();
	application = null;
});

async function ask(url: string, id: string, params: Record<string, string> = {}, overallMs = 5000) {
	const report = await runServiceCheck(createTestContext({ now: Date.now }), { url, requests: [{ id, params }], overallMs });
	const observation = report.observations.find(({ check }) => check === id);
	if (observation === undefined) throw new Error(`expected an observation of ${id}`);
	return observation;
}

describe('runServiceCheck', () => {
	it('asks a healthy application', async () => {
		application = await startApplication();
		expect(await ask(application.url, 'http.health', { path: '/api/health' })).toMatchObject({ state: 'ok' });
	});

	it('asks every check that needs no parameter when none is named', async () => {
		application = await startApplication();
		const report = await runServiceCheck(createTestContext({ now: Date.now }), { url: application.url, requests: [] });
		expect(report.observations.length).toBeGreaterThan(10);
		expect(report.observations.filter(({ state }) => state === 'fail').map(({ key, reason }) => `${key}: ${reason}`)).toEqual([]);
	});

	it('says that nothing listens, and calls the rest an echo', async () => {
		const url = await findClosedUrl();
		const report = await runServiceCheck(createTestContext({ now: Date.now }), { url, requests: [{ id: 'http.health', params: {} }] });
		const roots = report.observations.filter(({ state, echoOf }) => state === 'fail' && echoOf === null);
		expect(roots.map(({ check }) => check)).toEqual(['net.tcp']);
		expect(roots[0]?.reason).toContain('refused');
	});

	it('reports all wrong ids and parameters at once, and asks nothing', async () => {
		const requests = [
			{ id: 'http.helth', params: {} },
			{ id: 'http.health', params: { pth: '/', status: 'many' } },
		];
		await expect(runServiceCheck(createTestContext(), { url: 'http://localhost:1', requests })).rejects.toMatchObject({
			code: 'invalid',
			problems: [
				{ hint: 'Did you mean http.health?' },
				{ hint: 'Did you mean path?' },
				{ message: expect.stringContaining('status=many') },
			],
		});
	});

	it.each<[string, Answer]>([
		[
			'an endless body',
			(_request, response) => {
				response.writeHead(200, { 'content-type': 'application/json' });
				const more = (): void => {
					while (!response.destroyed && response.write('x'.repeat(65_536)));
				};
				response.on('drain', more);
				more();
			},
		],
		['a server that hangs', () => undefined],
		['a connection that is cut', (request) => request.socket.destroy()],
	])('answers within its time in the face of %s', async (_what, answer) => {
		application = await startApplication({ '/api/health': answer });
		const startedAt = performance.now();
		const observation = await ask(application.url, 'http.health', { path: '/api/health' }, 1500);
		expect(performance.now() - startedAt).toBeLessThan(4000);
		expect(['fail', 'unknown']).toContain(observation.state);
		expect(observation.reason).not.toMatch(/\n\s+at /);
	});
});
