import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { startWorld } from '../../examples/shop/scripts/world/start-world.mjs';
import { chromiumPath, openBrowser } from './world/browser.ts';
import { shopIsBuilt } from './world/shop.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** What stands at a DSN: takes envelopes and keeps their events. */
async function openSink() {
	const events: string[] = [];
	const waiting: { matches: (text: string) => boolean; resolve: (text: string) => void }[] = [];
	const take = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
		const chunks: Buffer[] = [];
		for await (const chunk of request) chunks.push(chunk as Buffer);
		const body = Buffer.concat(chunks);
		const text = (request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body).toString('utf8');
		response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
		if (!/"type":\s*"event"/.test(text)) return;
		events.push(text);
		for (const each of waiting) if (each.matches(text)) each.resolve(text);
	};
	const server = createServer((request, response) => void take(request, response)).listen(0, '127.0.0.1');
	await new Promise((resolve) => server.once('listening', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		dsn: `http://0123456789abcdef0123456789abcdef@127.0.0.1:${port}/42`,
		/** The first event that holds `part`, whether it came already or comes later. */
		eventWith: (part: string): Promise<string> => {
			const known = events.find((text) => text.includes(part));
			if (known !== undefined) return Promise.resolve(known);
			return new Promise((resolve) => waiting.push({ matches: (text) => text.includes(part), resolve }));
		},
		async [Symbol.asyncDispose]() {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

describe('the official SDKs and a DSN on this machine', () => {
	it('@sentry/node delivers an error', async () => {
		await using sink = await openSink();
		const program = `
			import * as Sentry from '@sentry/node';
			Sentry.init({ dsn: process.env.DSN, defaultIntegrations: false });
			Sentry.captureException(new Error('the winch is stuck'));
			await Sentry.flush(10000);
		`;
		const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
			cwd: root,
			env: { ...process.env, DSN: sink.dsn },
			stdio: ['ignore', 'inherit', 'inherit'],
		});
		const event = await sink.eventWith('the winch is stuck');
		await new Promise((resolve) => child.once('exit', resolve));
		expect(event).toContain('"exception"');
	});

	it.skipIf(!shopIsBuilt || chromiumPath === undefined)(
		'@sentry/nextjs delivers what a script of a page throws, without credentials (skipped when examples/shop is not built, or without Chromium)',
		async () => {
			await using sink = await openSink();
			const folder = await mkdtemp(join(tmpdir(), 'holdfast-sentry-'));
			const overrides = { NEXT_PUBLIC_SENTRY_DSN: sink.dsn };
			const [world, browser] = await Promise.all([
				startWorld({ folder, ports: { shop: 0, convex: 0, site: 0 }, overrides }),
				openBrowser(),
			]);
			try {
				const page = await browser.newPage();
				page.setDefaultTimeout(60_000);
				const violations: string[] = [];
				page.on('console', (message) => void (message.text().includes('Content Security Policy') && violations.push(message.text())));
				// The SDK is there when its handler of errors is.
				const ready = page.waitForFunction(() => '__SENTRY__' in globalThis && window.onerror !== null);
				await page.goto(`${world.urls.shop}/sign-in?mail=S3cr3tValue99`);
				await ready;
				await page.evaluate(() => {
					console.warn('password: S3cr3tValue99', 'Cookie: __Host-session=S3cr3tValue99');
					setTimeout(() => {
						throw new Error('the anchor drags: csrf_token=S3cr3tValue99 Authorization: Bearer S3cr3tValue99');
					});
				});
				const event = await sink.eventWith('the anchor drags');
				expect(event).toContain('csrf_token=…');
				expect(event).toContain('/sign-in?mail=…');
				expect(event).toContain('password: …');
				expect(event).not.toContain('S3cr3tValue99');
				expect(violations).toEqual([]);
			} finally {
				await Promise.all([world.stop(), browser.close()]);
				await rm(folder, { recursive: true, force: true });
			}
		},
	);

	it.skipIf(!shopIsBuilt)('@sentry/nextjs delivers what a page of the shop throws (skipped when examples/shop is not built)', async () => {
		await using sink = await openSink();
		const folder = await mkdtemp(join(tmpdir(), 'holdfast-sentry-'));
		const world = await startWorld({ folder, ports: { shop: 0, convex: 0, site: 0 }, overrides: { SENTRY_DSN: sink.dsn } });
		try {
			await world.stopConvex();
			const response = await fetch(`${world.urls.shop}/products`);
			expect(response.status).toBe(500);
			const event = await sink.eventWith('Convex did not answer');
			expect(event).toContain('BackendError');
			const { SENTRY_DSN: _public, ...secrets } = world.secrets;
			for (const [name, secret] of Object.entries(secrets)) expect(event.includes(secret), name).toBe(false);
		} finally {
			await world.stop();
			await rm(folder, { recursive: true, force: true });
		}
	});
});
