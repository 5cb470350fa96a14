import { brotliCompressSync, createGzip, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { daysFromNow, makeAuthority, makeSelfSigned } from '../fixtures/make-certificates.ts';
import { file, findClosedPort, serve, serveRaw } from '../fixtures/serve.ts';
import { createCookieJar } from './cookie-jar.ts';
import { createHttpProbe, type HttpProbeOptions } from './http-probe.ts';

const signal = new AbortController().signal;
const authority = makeAuthority();

function probeFor(url: string, more: Partial<HttpProbeOptions> = {}, policy: Partial<HttpProbeOptions['policy']> = {}) {
	return createHttpProbe({ policy: { url, private: true, allowHosts: [], ...policy }, timeoutMs: 2000, ...more });
}

describe('an answer', () => {
	it('comes with status, headers, body and timed phases, on a connection of its own', async () => {
		const { url } = await serve(file('text/plain', 'hello'));
		const result = await probeFor(url).send({ url: `${url}/x`, signal });
		expect(result).toMatchObject({ kind: 'response', status: 200, wireBytes: 5, cut: null, headers: { 'content-type': 'text/plain' } });
		if (result.kind !== 'response') return;
		expect(result.body.toString()).toBe('hello');
		expect(result.phases.map((phase) => phase.name)).toEqual(['connect', 'first-byte', 'body']);
	});

	it('has a name phase when the host is a name, and a TLS phase on https', async () => {
		const { url } = await serve(file('text/plain', 'x'), { host: 'localhost', certificate: authority.issue(['localhost']) });
		const result = await probeFor(url, { ca: authority.ca }).send({ url, signal });
		expect(result).toMatchObject({ kind: 'response', status: 200 });
		expect(result.phases.map((phase) => phase.name)).toEqual(['dns', 'connect', 'tls', 'first-byte', 'body']);
	});

	it('of a redirect is the redirect: nothing is followed', async () => {
		const { url, asked } = await serve((_request, response) => void response.writeHead(302, { location: '/next' }).end());
		expect(await probeFor(url).send({ url, signal })).toMatchObject({ status: 302, headers: { location: '/next' } });
		expect(asked).toEqual(['GET /']);
	});

	it.each([
		['gzip', gzipSync('packed')],
		['br', brotliCompressSync('packed')],
		['gzip, br', brotliCompressSync(gzipSync('packed'))],
		['identity', Buffer.from('packed')],
		['deflate', deflateSync('packed')],
		['deflate', deflateRawSync('packed')],
	])('in %s is unpacked', async (encoding, body) => {
		const { url } = await serve((_request, response) => void response.writeHead(200, { 'content-encoding': encoding }).end(body));
		const result = await probeFor(url).send({ url, signal });
		expect(result.kind === 'response' && result.body.toString()).toBe('packed');
	});
});

describe('an answer without a body that names an encoding', () => {
	it.each<[number, 'GET' | 'HEAD']>([
		[302, 'GET'],
		[200, 'GET'],
		[204, 'GET'],
		[304, 'GET'],
		[200, 'HEAD'],
	])('is an answer: %s to %s', async (status, method) => {
		const { url } = await serve((_request, response) => {
			response.writeHead(status, { 'content-encoding': 'gzip', location: '/next' }).end();
		});
		expect(await probeFor(url).send({ url, signal, method })).toMatchObject({ kind: 'response', status, wireBytes: 0, cut: null });
	});
});

describe('bounds', () => {
	it('cut a body that does not end', async () => {
		const { url } = await serve((_request, response) => {
			response.writeHead(200, { 'content-type': 'text/plain' });
			const write = (): void => {
				while (!response.destroyed && response.write(Buffer.alloc(64 * 1024, 'a')));
				if (!response.destroyed) response.once('drain', write);
			};
			write();
		});
		const result = await probeFor(url).send({ url, signal, maxBytes: 300_000 });
		expect(result).toMatchObject({ kind: 'response', wireBytes: 300_000, cut: { at: 'wire', limitBytes: 300_000 } });
	});

	it('cut an endless compressed body, whose stream then ends in the middle', async () => {
		const { url } = await serve((_request, response) => {
			response.writeHead(200, { 'content-encoding': 'gzip' });
			const gzip = createGzip({ level: 0 });
			gzip.pipe(response);
			const write = (): void => {
				while (!response.destroyed && gzip.write(Buffer.alloc(64 * 1024, 'a')));
				if (!response.destroyed) gzip.once('drain', write);
			};
			write();
		});
		const result = await probeFor(url).send({ url, signal, maxBytes: 200_000 });
		expect(result).toMatchObject({ kind: 'response', cut: { at: 'wire' } });
	});

	it('stop a compressed bomb once it has unpacked too much', async () => {
		const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024));
		const { url } = await serve((_request, response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb));
		const before = process.memoryUsage().rss;
		const result = await probeFor(url).send({ url, signal, maxDecodedBytes: 1024 * 1024 });
		expect(result).toMatchObject({ kind: 'response', cut: { at: 'decoded', limitBytes: 1024 * 1024 } });
		expect(result.kind === 'response' && result.body.length).toBe(1024 * 1024);
		expect(process.memoryUsage().rss - before).toBeLessThan(48 * 1024 * 1024);
	});

	it('stop a bomb inside a bomb', async () => {
		const bomb = gzipSync(gzipSync(Buffer.alloc(32 * 1024 * 1024)));
		const { url } = await serve((_request, response) => void response.writeHead(200, { 'content-encoding': 'gzip, gzip' }).end(bomb));
		expect(await probeFor(url).send({ url, signal, maxDecodedBytes: 500_000 })).toMatchObject({ cut: { at: 'decoded' } });
	});

	it('hold for headers', async () => {
		const { url } = await serveRaw((socket) => void socket.write(`HTTP/1.1 200 OK\r\nx: ${'a'.repeat(100_000)}\r\n\r\n`));
		expect(await probeFor(url).send({ url, signal })).toMatchObject({ kind: 'failure', code: 'http.headers-too-large', says: 'fail' });
	});
});

describe('a hang is told with its phase', () => {
	it('before the first byte', async () => {
		const { url, port } = await serveRaw(() => {});
		expect(await probeFor(url, { timeoutMs: 80 }).send({ url, signal })).toMatchObject({
			kind: 'failure',
			code: 'net.timeout.first-byte',
			phase: 'first-byte',
			says: 'fail',
			reason: `No answer from 127.0.0.1:${port} within 0.08 s while waiting for the first byte`,
		});
	});

	it('in the TLS handshake', async () => {
		const { port } = await serveRaw(() => {});
		const url = `https://127.0.0.1:${port}`;
		expect(await probeFor(url, { timeoutMs: 80 }).send({ url, signal })).toMatchObject({ code: 'net.timeout.tls', phase: 'tls' });
	});

	it('in the body', async () => {
		const { url } = await serve((_request, response) => {
			response.writeHead(200, { 'content-length': '100' });
			response.write('begun');
		});
		expect(await probeFor(url, { timeoutMs: 80 }).send({ url, signal })).toMatchObject({ code: 'net.timeout.body', phase: 'body' });
	});

	it('and one that is stopped from outside says nothing about the service', async () => {
		const { url } = await serveRaw(() => {});
		expect(await probeFor(url).send({ url, signal: AbortSignal.timeout(40) })).toMatchObject({
			kind: 'failure',
			code: 'probe.aborted',
			says: 'unknown',
		});
	});
});

describe('errors are sentences', () => {
	it('when nothing listens', async () => {
		const port = await findClosedPort();
		const url = `http://127.0.0.1:${port}`;
		expect(await probeFor(url).send({ url, signal })).toMatchObject({
			code: 'net.refused',
			reason: `Nothing listens on 127.0.0.1:${port} (connection refused)`,
			says: 'fail',
		});
	});

	it('when what answers is not HTTP', async () => {
		const { url } = await serveRaw((socket) => void socket.end('220 mail ready\r\n'));
		expect(await probeFor(url).send({ url, signal })).toMatchObject({ code: 'http.malformed' });
	});

	it('when the connection closes before the answer', async () => {
		const { url } = await serveRaw((socket) => socket.destroy());
		expect(await probeFor(url).send({ url, signal })).toMatchObject({ code: 'net.reset' });
	});

	it('when it changes protocols without being asked', async () => {
		const { url, port } = await serveRaw(
			(socket) => void socket.write('HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n'),
		);
		expect(await probeFor(url).send({ url, signal })).toMatchObject({
			kind: 'failure',
			code: 'http.unasked-upgrade',
			reason: `127.0.0.1:${port} answers 101 (Switching Protocols) to an ordinary request`,
		});
	});

	it('when the connection closes right after the headers', async () => {
		const { url } = await serveRaw((socket) => void socket.end('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n'));
		expect(await probeFor(url).send({ url, signal })).toMatchObject({ kind: 'failure', code: 'net.reset', phase: 'body' });
	});

	it('when the connection closes in the middle of the body', async () => {
		const { url } = await serveRaw((socket) => void socket.end('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf'));
		expect(await probeFor(url).send({ url, signal })).toMatchObject({ kind: 'failure', code: 'net.reset', phase: 'body' });
	});

	it('when the encoding is not what it says', async () => {
		const { url } = await serve((_request, response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end('plain'));
		expect(await probeFor(url).send({ url, signal })).toMatchObject({ code: 'http.bad-encoding', says: 'fail' });
	});

	it.each([
		['expired', () => authority.issue(['127.0.0.1'], { from: daysFromNow(-90), to: daysFromNow(-3) }), 'tls.expired', 'has expired'],
		['for another name', () => authority.issue(['other.example']), 'tls.wrong-name', 'is for other names than 127.0.0.1'],
		['signed by itself', () => makeSelfSigned(['127.0.0.1']), 'tls.self-signed', 'signed by itself'],
		['of an unknown authority', () => makeAuthority().issue(['127.0.0.1']), 'tls.untrusted', 'no trusted authority'],
	])('when the certificate is %s', async (_, make, code, words) => {
		const { url } = await serve(file('text/plain', 'x'), { certificate: make() });
		const result = await probeFor(url, { ca: authority.ca }).send({ url, signal });
		expect(result).toMatchObject({ kind: 'failure', code, phase: 'tls', reason: expect.stringContaining(words) });
	});

	it('when an https URL meets plain http', async () => {
		const { port } = await serve(file('text/plain', 'x'));
		const url = `https://127.0.0.1:${port}`;
		expect(await probeFor(url).send({ url, signal })).toMatchObject({ code: 'tls.plain-text' });
	});
});

describe('the target is checked', () => {
	it('by the address that the name leads to, when the connection is made', async () => {
		const { port, asked } = await serve(file('text/plain', 'x'));
		const url = `http://localhost:${port}`;
		const result = await probeFor(url, {}, { private: false }).send({ url, signal });
		expect(result).toMatchObject({
			kind: 'failure',
			code: 'target.private',
			says: 'unknown',
			fix: expect.stringContaining('private: true'),
		});
		expect(asked).toEqual([]);
	});

	it('and credentials in URLs are neither sent nor repeated', async () => {
		const { port, asked } = await serve(file('text/plain', 'x'));
		const url = `http://ada:hunter2hunter2@127.0.0.1:${port}`;
		const result = await probeFor(`http://127.0.0.1:${port}`).send({ url, signal });
		expect(result).toMatchObject({ code: 'target.credentials' });
		expect(JSON.stringify(result)).not.toContain('hunter2');
		expect(asked).toEqual([]);
	});
});

describe('a jar', () => {
	it('keeps __Host- cookies on loopback over plain http, as browsers do', async () => {
		const { url } = await serve((request, response) => {
			response.writeHead(200, { 'set-cookie': '__Host-id=abc; Secure; Path=/' }).end(request.headers.cookie ?? 'none');
		});
		const jar = createCookieJar();
		await probeFor(url).send({ url, signal, jar });
		const second = await probeFor(url).send({ url, signal, jar });
		expect(second.kind === 'response' && second.body.toString()).toBe('__Host-id=abc');
	});

	it('drops Secure cookies on plain http elsewhere', () => {
		const jar = createCookieJar();
		jar.store('http://shop.example/', ['id=abc; Secure; Path=/']);
		jar.store('http://shop.localhost/', ['id=abc; Secure; Path=/']);
		expect([jar.header('http://shop.example/'), jar.header('http://shop.localhost/')]).toEqual(['', 'id=abc']);
	});
});
