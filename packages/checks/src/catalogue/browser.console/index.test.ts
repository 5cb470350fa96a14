import { describe, expect, it } from 'vitest';
import { codesOf, makeService, runCheck, silentVendors } from '../../fixtures/check-service.ts';
import { routes, serve } from '../../fixtures/serve.ts';
import { Secret } from '../../secret.ts';
import type { BrowserWalk, FailedRequest, VendorPorts, WalkedPage, WalkReport } from '../../vendors.ts';
import { judgeWalk } from './judge-walk.ts';

const page = (more: Partial<WalkedPage> = {}): WalkedPage => ({
	path: '/',
	url: 'http://127.0.0.1/',
	status: 200,
	error: null,
	painted: true,
	textLength: 200,
	exceptions: [],
	consoleErrors: [],
	failedRequests: [],
	durationMs: 120,
	...more,
});
const walked = (more: Partial<WalkReport> = {}): WalkReport => ({
	pages: [page()],
	signIn: 'not-tried',
	signInMessage: null,
	screenshot: new Uint8Array([1]),
	har: new Uint8Array([2, 3]),
	...more,
});
const failed = (url: string, more: Partial<FailedRequest> = {}): FailedRequest => ({
	url,
	method: 'GET',
	status: 404,
	error: null,
	kind: 'script',
	...more,
});
const judge = (report: WalkReport) => judgeWalk(report, ['shop.example'], '/sign-in').map(({ code, severity }) => `${code} ${severity}`);

async function look(report: WalkReport, more = {}) {
	const asked: BrowserWalk[] = [];
	const vendors: VendorPorts = {
		...silentVendors,
		browser: {
			walk: async (walk) => {
				asked.push(walk);
				return { kind: 'answer', value: report };
			},
		},
	};
	const { url } = await serve(routes({ '/': '<h1>x</h1>', '/a': '<h1>a</h1>' }));
	const service = makeService(url, { routes: [{ path: '/' }, { path: '/a' }], ...more });
	return { asked, observation: await runCheck('browser.console', service, {}, { vendors }) };
}

it('is well with a painted page, and keeps screenshot and HAR', async () => {
	const { observation, asked } = await look(walked());
	expect(observation).toMatchObject({ state: 'ok', attachments: [{ name: 'screenshot.png' }, { name: 'walk.har' }] });
	expect(asked[0]).toMatchObject({ paths: ['/'], signIn: null });
});

it('signs in where an account is configured, and says when that does not succeed', async () => {
	const synthetic = { user: 'probe@shop.example', password: new Secret('fixture-password'), path: '/sign-in' };
	const { observation, asked } = await look(walked({ signIn: 'still-form', signInMessage: 'Password is wrong.' }), { synthetic });
	expect(asked[0]?.signIn?.path).toBe('/sign-in');
	expect(codesOf(observation)).toEqual(['browser.sign-in']);
	expect(JSON.stringify(observation)).not.toContain('fixture-password');
});

describe('fails for', () => {
	it.each<[string, Partial<WalkedPage>, string]>([
		['a blank page', { painted: false, textLength: 0 }, 'browser.blank'],
		['an uncaught error', { exceptions: ['TypeError: x is undefined'] }, 'browser.exception'],
		['a failed request of its own', { failedRequests: [failed('https://shop.example/_next/a.js')] }, 'browser.failed-request'],
		['redirects in circles', { error: 'net::ERR_TOO_MANY_REDIRECTS' }, 'browser.failed-request'],
	])('%s', (_, more, code) => {
		expect(judge(walked({ pages: [page(more)] }))).toEqual([`${code} fail`]);
	});
});

it('takes icons and other hosts for notes, and console errors for warnings', () => {
	const requests = [
		failed('https://shop.example/favicon.ico'),
		failed('https://ads.example/x.js', { status: null, error: 'net::ERR_BLOCKED_BY_CLIENT' }),
	];
	expect(judge(walked({ pages: [page({ failedRequests: requests })] }))).toEqual(['browser.failed-request info']);
	expect(judge(walked({ pages: [page({ consoleErrors: ['Failed to load resource: 404', 'Refused to load'] })] }))).toEqual([
		'browser.console-error warn',
	]);
});

it('does not know when the sign-in is told to slow down', async () => {
	const { observation } = await look(walked({ signIn: 'error', signInMessage: 'The form is answered with status 429' }));
	expect(observation).toMatchObject({ state: 'unknown', reason: expect.stringContaining('429') });
});

it('is unknown without a browser', async () => {
	const { url } = await serve(routes({ '/': '<h1>x</h1>' }));
	expect(await runCheck('browser.console', makeService(url))).toMatchObject({
		state: 'unknown',
		enable: expect.stringContaining('Chromium'),
	});
});
