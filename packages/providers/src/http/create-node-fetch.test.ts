import http from 'node:http';
import https from 'node:https';
import { type ConnectionOptions, rootCertificates } from 'node:tls';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createVendorPorts } from '../registry.ts';
import { createNodeFetch } from './create-node-fetch.ts';

/** What a private service allows. */
const inside = { private: true };

async function serve(handler: http.RequestListener): Promise<string> {
	const server = http.createServer(handler);
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	onTestFinished(() => {
		server.closeAllConnections();
		server.close();
	});
	const address = server.address();
	return `http://localhost:${typeof address === 'object' && address !== null ? address.port : 0}`;
}

it('gives status, headers and body, and follows nothing', async () => {
	const url = await serve(
		(request, response) => void response.writeHead(request.url === '/go' ? 302 : 200, { location: '/', 'x-a': '1' }).end('hello'),
	);
	const response = await createNodeFetch()(url, {}, inside);
	expect([response.status, response.headers.get('x-a'), await response.text()]).toEqual([200, '1', 'hello']);
	expect((await createNodeFetch()(`${url}/go`, {}, inside)).status).toBe(302);
});

it('works through the ports against a real server', async () => {
	const url = await serve(
		(request, response) => void response.end(request.url === '/version' ? '1.2.3' : '{"status":{"indicator":"none","description":"Calm"}}'),
	);
	const ports = createVendorPorts({ statusPages: { convex: url } });
	const signal = new AbortController().signal;
	expect(await ports.convex.readVersion(url, signal, inside)).toMatchObject({ kind: 'answer', value: { version: '1.2.3' } });
	expect(await ports.statusPage.readStatus('convex', signal, inside)).toMatchObject({ kind: 'answer', value: { description: 'Calm' } });
});

it('ends with the signal, and tells a hang as a timeout', async () => {
	const url = await serve(() => {});
	expect(await createVendorPorts({ timeoutMs: 40 }).convex.readVersion(url, new AbortController().signal, inside)).toMatchObject({
		kind: 'no-answer',
		code: 'timeout',
	});
	expect(await createVendorPorts().convex.readVersion(url, AbortSignal.timeout(40), inside)).toMatchObject({ code: 'aborted' });
});

it('never asks a metadata address, however it is written', async () => {
	const ports = createVendorPorts();
	const hosts = [
		'169.254.169.254',
		'[::ffff:169.254.169.254]',
		'100.100.100.200',
		'[64:ff9b::a9fe:a9fe]',
		'[::a9fe:a9fe]',
		'[2002:a9fe:a9fe::]',
	];
	for (const host of [...hosts, 'metadata.google.internal']) {
		const verdict = await ports.convex.readVersion(`http://${host}`, new AbortController().signal, inside);
		expect(verdict, host).toMatchObject({ kind: 'no-answer', code: 'refused', reason: expect.stringContaining('metadata') });
	}
});

it('asks private addresses only for a private service, whatever name leads there', async () => {
	let asked = 0;
	const url = await serve((_request, response) => {
		asked++;
		response.end('1.2.3');
	});
	const ports = createVendorPorts({ statusPages: { convex: url } });
	const signal = new AbortController().signal;
	const refused = { kind: 'no-answer', code: 'refused', enable: expect.stringContaining('private: true') };
	for (const reach of [undefined, { private: false }]) {
		expect(await ports.convex.readVersion(url, signal, reach)).toMatchObject(refused);
		expect(await ports.convex.readVersion(url.replace('localhost', '127.0.0.1'), signal, reach)).toMatchObject(refused);
		expect(await ports.statusPage.readStatus('convex', signal, reach)).toMatchObject(refused);
	}
	expect(asked).toBe(0);
});

describe('an authority of one’s own', () => {
	it('is trusted for the service that names it, and for no other', async () => {
		const request = vi.spyOn(https, 'request');
		onTestFinished(() => request.mockRestore());
		const [ca = ''] = rootCertificates;
		const ask = createNodeFetch();
		for (const reach of [inside, { ...inside, ca }, { ...inside, ca }, inside]) await ask('https://127.0.0.1:1', {}, reach).catch(() => {});
		const contexts = request.mock.calls.map(([, options]) => (options as ConnectionOptions).secureContext);
		expect(contexts.map((context) => context !== undefined)).toEqual([false, true, true, false]);
		expect(contexts[1]).toBe(contexts[2]);
	});

	it('that is not named is told with what to do', async () => {
		const fetch = async () => {
			throw Object.assign(new Error('self-signed'), { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
		};
		const { convex } = createVendorPorts({ fetch });
		expect(await convex.readVersion('https://convex.shop.example', new AbortController().signal, inside)).toEqual({
			kind: 'no-answer',
			code: 'tls',
			reason: 'The certificate of convex.shop.example:443 is signed by itself, which no browser trusts (DEPTH_ZERO_SELF_SIGNED_CERT)',
			enable: 'install a certificate of a trusted authority, or name your own with `ca`',
		});
	});
});
