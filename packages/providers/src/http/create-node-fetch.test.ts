import http from 'node:http';
import { expect, it, onTestFinished } from 'vitest';
import { createVendorPorts } from '../registry.ts';
import { createNodeFetch } from './create-node-fetch.ts';
import { isMetadataAddress } from './metadata-address.ts';

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
	const response = await createNodeFetch()(url, {});
	expect([response.status, response.headers.get('x-a'), await response.text()]).toEqual([200, '1', 'hello']);
	expect((await createNodeFetch()(`${url}/go`, {})).status).toBe(302);
});

it('works through the ports against a real server', async () => {
	const url = await serve(
		(request, response) => void response.end(request.url === '/version' ? '1.2.3' : '{"status":{"indicator":"none","description":"Calm"}}'),
	);
	const ports = createVendorPorts({ statusPages: { convex: url } });
	const signal = new AbortController().signal;
	expect(await ports.convex.readVersion(url, signal)).toMatchObject({ kind: 'answer', value: { version: '1.2.3' } });
	expect(await ports.statusPage.readStatus('convex', signal)).toMatchObject({ kind: 'answer', value: { description: 'Calm' } });
});

it('ends with the signal, and tells a hang as a timeout', async () => {
	const url = await serve(() => {});
	expect(await createVendorPorts({ timeoutMs: 40 }).convex.readVersion(url, new AbortController().signal)).toMatchObject({
		kind: 'no-answer',
		code: 'timeout',
	});
	expect(await createVendorPorts().convex.readVersion(url, AbortSignal.timeout(40))).toMatchObject({ code: 'aborted' });
});

it('never asks a metadata address', async () => {
	const ports = createVendorPorts();
	for (const url of ['http://169.254.169.254', 'http://[::ffff:169.254.169.254]', 'http://100.100.100.200']) {
		expect(await ports.convex.readVersion(url, new AbortController().signal)).toMatchObject({ kind: 'no-answer', code: 'refused' });
	}
	expect(['127.0.0.1', '10.0.0.1', '8.8.8.8', '::1'].map(isMetadataAddress)).toEqual([false, false, false, false]);
});
