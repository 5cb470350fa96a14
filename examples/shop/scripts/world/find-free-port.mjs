import { createServer } from 'node:http';
import { listenOnFreePort } from '../listen-on-free-port.mjs';

/**
 * The first free port from `wanted` on; another process may take it before it is used, and then its user says so.
 *
 * @param {number} wanted 0 for any.
 * @param {ReadonlySet<number>} [reserved] Ports that are spoken for though nobody listens yet.
 * @returns {Promise<number>}
 */
export async function findFreePort(wanted, reserved = new Set()) {
	for (let candidate = wanted; ; candidate++) {
		const server = createServer();
		const port = await listenOnFreePort(server, candidate, '127.0.0.1');
		await new Promise((resolve) => server.close(resolve));
		if (!reserved.has(port)) return port;
		if (candidate !== 0) candidate = port;
	}
}
