import { request } from 'node:http';
import { createServer } from 'node:https';
import { connect } from 'node:net';

/**
 * What stands before a process of the world where it is served over TLS, as a load balancer does: ends TLS, tells the process so in
 * `x-forwarded-proto` and for whom it asks in `x-forwarded-for`, and passes WebSockets on.
 *
 * @param {{ port: number, host: string, behind: number, tls: { cert: string, key: string } }} options `behind`: port on loopback; certificate and key are PEM.
 * @returns {Promise<() => Promise<void>>} Closes it.
 * @throws {Error} When the certificate cannot be used or the port is taken.
 */
export async function openTlsEdge({ port, host, behind, tls }) {
	/** @type {Set<import('node:stream').Duplex>} */
	const sockets = new Set();
	const server = createServer(tls, (incoming, outgoing) => {
		const forwardedFor = [incoming.headers['x-forwarded-for'] ?? [], incoming.socket.remoteAddress ?? []].flat().join(', ');
		const headers = { ...incoming.headers, 'x-forwarded-proto': 'https', 'x-forwarded-for': forwardedFor };
		const passed = request({ host: '127.0.0.1', port: behind, method: incoming.method, path: incoming.url, headers }, (answer) => {
			outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
			answer.pipe(outgoing);
		});
		passed.on('error', () => {
			if (!outgoing.headersSent) outgoing.writeHead(502, { 'content-type': 'text/plain' });
			outgoing.end('Bad Gateway');
		});
		outgoing.on('close', () => passed.destroy());
		incoming.pipe(passed);
	});
	server.on('connection', (socket) => {
		sockets.add(socket);
		socket.on('close', () => sockets.delete(socket));
	});
	server.on('upgrade', (incoming, socket, head) => {
		const target = connect(behind, '127.0.0.1', () => {
			const lines = [`${incoming.method} ${incoming.url} HTTP/1.1`, 'x-forwarded-proto: https'];
			for (const [name, values] of Object.entries(incoming.headersDistinct))
				if (name !== 'x-forwarded-proto') for (const value of values ?? []) lines.push(`${name}: ${value}`);
			target.write(`${lines.join('\r\n')}\r\n\r\n`);
			target.write(head);
			target.pipe(socket).pipe(target);
		});
		target.on('error', () => socket.destroy());
		socket.on('error', () => target.destroy());
		socket.on('close', () => target.destroy());
		target.on('close', () => socket.destroy());
	});
	await new Promise((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, host, () => resolve(undefined));
	});
	return async () => {
		for (const socket of sockets) socket.destroy();
		await new Promise((resolve) => server.close(resolve));
	};
}
