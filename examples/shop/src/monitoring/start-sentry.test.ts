import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { createGunzip } from 'node:zlib';
import * as Sentry from '@sentry/nextjs';
import { expect, it, vi } from 'vitest';

const SECRET = 'S3cr3tValue99';
/** Of the environment, and of no form that a credential has. */
const SESSION = 'correct horse battery staple, and a little more of it';

it('sends an error with its place, and without what a visitor sent', async () => {
	const envelopes: string[] = [];
	const sink = createServer((request: IncomingMessage, response: ServerResponse) => {
		const zipped = request.headers['content-encoding'] === 'gzip';
		void text(zipped ? request.pipe(createGunzip()) : request).then((envelope) => {
			envelopes.push(envelope);
			response.end('{}');
		});
	}).listen(0, '127.0.0.1');
	await once(sink, 'listening');
	vi.stubEnv('SENTRY_DSN', `http://abc@127.0.0.1:${(sink.address() as AddressInfo).port}/1`);
	vi.stubEnv('SESSION_SECRET', SESSION);
	const { startSentry } = await import('./start-sentry.ts');
	startSentry();
	Sentry.setUser({ email: `${SECRET}@mail.example` });
	Sentry.addBreadcrumb({ category: 'http', data: { url: `https://shop.example/a?mail=${SECRET}` } });
	Sentry.addBreadcrumb({
		category: 'console',
		message: `SESSION_SECRET=${SESSION}`,
		data: { arguments: [`Cookie: a=${SECRET}`, SESSION] },
	});
	Sentry.captureException(new Error(`sealing with ${SESSION} failed; __Host-session=${SECRET}`));
	Sentry.captureException(new Error(`GET https://shop.example/orders?key=${SECRET} failed`));
	await Sentry.close(3000);
	sink.close();
	vi.unstubAllEnvs();

	const sent = envelopes.join('\n');
	expect(sent).toContain('https://shop.example/orders?key=… failed');
	expect(sent).toContain('start-sentry.test.ts');
	expect(sent).toContain('sealing with … failed; __Host-session=…');
	expect(sent).not.toContain(SECRET);
	expect(sent).not.toContain(SESSION);
});
