import { describe, expect, it } from 'vitest';
import { makeService, silentVendors } from '../fixtures/check-service.ts';
import { file, findClosedPort, type Handler, json, redirect, routes, serve } from '../fixtures/serve.ts';
import { runChecks } from '../run.ts';
import { diagnose } from './diagnose.ts';
import { buildRunbook } from './fixtures/build-runbook.ts';
import type { Diagnosis } from './model.ts';
import { planDiagnosis } from './plan-diagnosis.ts';

const runbook = buildRunbook([
	{
		title: 'Shop does not load',
		symptoms: [
			{ text: 'Blank or error page', bind: 'check: http.page' },
			{ text: 'Internal server error', bind: 'check: http.status' },
			{ text: 'Redirect loops', bind: 'check: http.redirects' },
		],
		causes: [
			{ text: 'Build broken', bind: 'check: http.assets' },
			{ text: 'Network trouble', bind: 'check: net.tcp' },
			{ text: 'Secret wrong' },
		],
		steps: [
			{ text: 'Ask health', bind: 'check: http.health' },
			{ text: 'Build again', bind: 'cause: 1' },
		],
	},
]);

/** Only shows its text once its script has run. */
const page =
	'<!doctype html><html><head><title>Shop</title></head><body><div id="app">Products</div><script src="/_next/static/main.js"></script></body></html>';
const script = file('text/javascript', 'document.title = "Shop";');
const shop: Readonly<Record<string, string | Handler>> = {
	'/': page,
	'/_next/static/main.js': script,
	'/api/health': json({ status: 'ok' }),
};

async function diagnoseLive(url: string): Promise<Diagnosis> {
	const { requests } = planDiagnosis(runbook);
	const observations = await runChecks({ service: makeService(url), requests, vendors: silentVendors });
	return diagnose({ runbook, observations, asked: null, service: 'shop-test', startedAt: '2026-03-01T03:00:00.000Z', durationMs: 1 });
}

const rootsOf = (diagnosis: Diagnosis) => diagnosis.roots.map((root) => root.code);
const verdictsOf = (diagnosis: Diagnosis) =>
	(diagnosis.issues[0]?.causes ?? []).toSorted((a, b) => a.line - b.line).map((cause) => cause.verdict);

describe('diagnose, on real answers', () => {
	it('finds nothing wrong with a healthy application, and rules its causes out', async () => {
		const { url } = await serve(routes(shop));
		const diagnosis = await diagnoseLive(url);
		expect(rootsOf(diagnosis)).toEqual([]);
		expect(diagnosis.issues[0]?.state).toBe('well');
		expect(verdictsOf(diagnosis)).toEqual(['ruled-out', 'ruled-out', 'could-not-tell']);
	});

	it('gives one root and no echoes where nothing listens', async () => {
		const port = await findClosedPort();
		const diagnosis = await diagnoseLive(`http://127.0.0.1:${port}`);
		expect(rootsOf(diagnosis)).toEqual(['net.refused']);
		expect(diagnosis.roots[0]?.message).toContain(`Nothing listens on 127.0.0.1:${port}`);
		expect(verdictsOf(diagnosis)).not.toContain('confirmed');
		expect(diagnosis.issues[0]?.state).toBe('failing');
	});

	it('names the proxy that redirects in a circle, and nothing behind it', async () => {
		const { url } = await serve((request, response) => redirect(`http://${request.headers.host}${request.url}`)(request, response));
		const diagnosis = await diagnoseLive(url);
		expect(rootsOf(diagnosis)).toEqual(['redirect.loop']);
		expect(verdictsOf(diagnosis)).toEqual(['could-not-tell', 'ruled-out', 'could-not-tell']);
		expect(diagnosis.issues[0]?.symptoms[2]?.verdict).toBe('seen');
	});

	it('confirms the build when the main script is empty, and goes on with its step', async () => {
		const { url } = await serve(routes({ ...shop, '/_next/static/main.js': file('text/javascript', '') }));
		const diagnosis = await diagnoseLive(url);
		// The release as the page shows it, and the page itself: one fault.
		expect(rootsOf(diagnosis)).toEqual(['build.empty-files']);
		expect(verdictsOf(diagnosis)).toEqual(['confirmed', 'ruled-out', 'could-not-tell']);
		expect(diagnosis.issues[0]?.next?.text).toBe('Build again');
	});

	it('takes a 500 for one fault, though status, page and scripts all fail', async () => {
		const { url } = await serve(
			routes({
				'/': (_request, response) => void response.writeHead(500, { 'content-type': 'text/html' }).end('<h1>Internal Server Error</h1>'),
			}),
		);
		const diagnosis = await diagnoseLive(url);
		expect(rootsOf(diagnosis)).toContain('status.server-error');
		expect(rootsOf(diagnosis).filter((code) => !code.startsWith('health.'))).toHaveLength(1);
		expect(diagnosis.issues[0]?.symptoms.map((symptom) => symptom.verdict)).toEqual(['seen', 'seen', 'not-seen']);
	});
});
