import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { Secret } from '@holdfast/checks/secret';
import { describe, expect, it, onTestFinished } from 'vitest';
import { findChromium } from './find-chromium.ts';
import { createBrowserPort } from './index.ts';

const environment = { CHROMIUM_PATH: process.env.CHROMIUM_PATH, PATH: process.env.PATH };
const { path: chromium } = await findChromium(environment);
const password = 'hunter2-hunter2-hunter2';

const pages: Readonly<Record<string, string>> = {
	'/': '<h1>Shop</h1><img src="http://tracker.example/p.gif?id=hunter2-hunter2-hunter2">',
	'/throws': '<h1>Shop</h1><script nonce="n">throw new TypeError("no price")</script><script nonce="n" src="/gone.js?v=1"></script>',
	'/blank': '<div id="root"></div>',
	'/sign-in':
		'<form method="post"><input name="email"><input name="password" type="password"><button>Sign in</button></form><p role="alert">Wrong password</p>',
};

async function serve(): Promise<string> {
	const server = http.createServer((request, response) => {
		const { pathname } = new URL(request.url ?? '/', 'http://x');
		const headers = { 'content-type': 'text/html', 'content-security-policy': "default-src 'self'; script-src 'nonce-n'; img-src *" };
		if (request.method === 'POST') {
			let body = '';
			request.on('data', (chunk) => {
				body += chunk;
			});
			request.on('end', () =>
				new URLSearchParams(body).get('password') === password
					? response.writeHead(303, { location: '/' }).end()
					: response.writeHead(401, headers).end(pages['/sign-in']),
			);
			return;
		}
		const page = pages[pathname];
		response.writeHead(page === undefined ? 404 : 200, headers).end(page ?? '');
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	onTestFinished(() => {
		server.closeAllConnections();
		server.close();
	});
	return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe.skipIf(chromium === null)('a walk in a real browser (no Chromium on this machine)', () => {
	const walk = (origin: string, paths: string[], given: string | null) =>
		createBrowserPort({ environment }).walk(
			{
				origin,
				paths,
				signIn: given === null ? null : { path: '/sign-in', user: 'probe@shop.example', password: new Secret(given) },
				hosts: [],
				reach: { private: true },
			},
			AbortSignal.timeout(20_000),
		);

	it('signs in, tells exceptions, failures and blank pages, and refuses other hosts', { timeout: 30_000 }, async () => {
		const verdict = await walk(await serve(), ['/throws', '/blank'], password);
		expect(verdict).toMatchObject({ kind: 'answer', value: { signIn: 'signed-in', refusedHosts: [{ host: 'tracker.example' }] } });
		if (verdict.kind !== 'answer') return;
		const { pages: walked, screenshot, har } = verdict.value;
		expect(walked.map(({ path, status, painted }) => [path, status, painted])).toEqual([
			['/sign-in', 200, true],
			['/throws', 200, true],
			['/blank', 200, false],
		]);
		expect(walked[1]?.exceptions).toEqual(['TypeError: no price']);
		expect(walked[1]?.failedRequests).toEqual([
			expect.objectContaining({ status: 404, kind: 'script', url: expect.stringMatching(/\/gone\.js$/) }),
		]);
		expect(Buffer.from(screenshot ?? []).toString('latin1', 1, 4)).toBe('PNG');
		const text = new TextDecoder().decode(har ?? new Uint8Array());
		expect(JSON.parse(text).log.version).toBe('1.2');
		expect(`${text}${JSON.stringify(walked)}`).not.toContain(password);
	});

	it('tells a form that comes back, and an application that is not there', { timeout: 30_000 }, async () => {
		expect(await walk(await serve(), [], 'wrong')).toMatchObject({ value: { signIn: 'still-form', signInMessage: 'Wrong password' } });
		expect(await walk('http://127.0.0.1:1', ['/'], null)).toMatchObject({
			value: { pages: [{ status: null, painted: false }], signIn: 'not-tried' },
		});
	});
});
