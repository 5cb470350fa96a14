import { mkdtemp, rm } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { causesOf, configure, diagnose, type ToldDiagnosis } from './world/diagnosis.ts';
import { startProxy } from './world/proxy.ts';
import { shopRunbook } from './world/shop.ts';

/** One diagnosis has 10 s by default; the rest is for its process to start and to end. Each story asks for two. */
const DONE_WITHIN_MS = 20_000;
const CHUNK = Buffer.alloc(64 * 1024, '<p>more</p>\n');

describe('a server that behaves badly, with the runbook of the shop', () => {
	let folder = '';
	beforeAll(async () => {
		folder = await mkdtemp(join(tmpdir(), 'holdfast-hostile-'));
	});
	afterAll(async () => {
		await rm(folder, { recursive: true, force: true });
	});

	async function ask(url: string): Promise<ToldDiagnosis> {
		await configure(folder, url, shopRunbook);
		return await diagnose({ folder });
	}

	/** A server with nothing behind it. */
	const serve = (answer: (request: IncomingMessage, response: ServerResponse) => void) =>
		startProxy({
			target: 'http://localhost:1',
			meddle: (request, response) => {
				answer(request, response);
				return true;
			},
		});

	it('says of one that accepts and never answers that there is no answer, and blames no cause', async () => {
		const silent = createServer(() => {});
		const sockets = new Set<Socket>();
		silent.on('connection', (socket) => {
			sockets.add(socket);
			socket.on('error', () => {}).on('close', () => sockets.delete(socket));
		});
		await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
		const address = silent.address();
		if (address === null || typeof address === 'string') throw new Error('expected a port');
		try {
			const startedAt = performance.now();
			const { report, code } = await ask(`http://localhost:${address.port}`);
			expect(performance.now() - startedAt).toBeLessThan(2 * DONE_WITHIN_MS);
			expect(report.diagnosis.roots.map((root) => root.message).join()).toMatch(/no answer/i);
			expect(report.diagnosis.roots).toHaveLength(1);
			expect(causesOf(report, 'confirmed')).toEqual([]);
			expect(report.diagnosis.roots.flatMap((root) => root.causes.map((cause) => cause.text)).join()).not.toMatch(/proxy|http and https/i);
			expect(code).toBe(1);
		} finally {
			for (const socket of sockets) socket.destroy();
			await new Promise((resolve) => silent.close(resolve));
		}
	});

	it('does not follow a redirect to the address of cloud metadata', async () => {
		await using server = await serve((_, response) => {
			response.writeHead(302, { location: 'http://169.254.169.254/' }).end();
		});
		const { report, code, words } = await ask(server.origin);
		expect(words).toMatch(/169\.254\.169\.254/);
		expect(words).toMatch(/refused|not allowed|never asked|metadata/i);
		expect(causesOf(report, 'confirmed')).toEqual([]);
		expect(report.diagnosis.roots.map((root) => root.code)).toContain('redirect.refused-target');
		expect(code).toBe(1);
	});

	it('ends in time on a body without end', async () => {
		await using server = await serve((_, response) => {
			response.writeHead(200, { 'content-type': 'text/html' });
			const pour = (): void => {
				while (!response.destroyed && response.write(CHUNK));
			};
			response.on('drain', pour).on('error', () => {});
			pour();
		});
		const startedAt = performance.now();
		const { report, code, words } = await ask(server.origin);
		expect(performance.now() - startedAt).toBeLessThan(2 * DONE_WITHIN_MS);
		expect(causesOf(report, 'confirmed')).toEqual([]);
		expect(words).toMatch(/does not end/);
		expect(code).toBe(1);
	});
});
