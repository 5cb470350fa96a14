import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';
import { serveSync } from '../sync/serve-sync.mjs';
import { serveApi } from './serve-api.mjs';
import { serveSite } from './serve-site.mjs';

/** @import { Server } from 'node:http' */
/** @import { AddressInfo } from 'node:net' */
/** @import { Deployment } from '../deployment.d.ts' */

/**
 * The two ports of a deployment: functions, administration and the sync WebSocket on one, HTTP actions on the other.
 * @param {Deployment} deployment @param {{ port: number, sitePort: number }} ports
 */
export async function listenForClients(deployment, { port, sitePort }) {
	const api = createServer((request, response) => void serveApi(deployment, request, response));
	const site = createServer((request, response) => void serveSite(deployment, request, response, request.url ?? '/'));
	const sockets = new WebSocketServer({ noServer: true });
	api.on('upgrade', (request, socket, head) => {
		if (!/^\/api\/([^/]+\/)?sync$/.test((request.url ?? '').replace(/\?.*/, ''))) return void socket.destroy();
		sockets.handleUpgrade(request, socket, head, (opened) => serveSync(deployment, opened));
	});
	return {
		url: await listen(api, port),
		siteUrl: await listen(site, sitePort),
		async close() {
			for (const socket of sockets.clients) socket.terminate();
			for (const server of [api, site]) {
				server.closeAllConnections();
				await new Promise((done) => server.close(done));
			}
		},
	};
}

/** @param {Server} server @param {number} port @returns {Promise<string>} its URL */
const listen = (server, port) =>
	new Promise((done, fail) => {
		server.once('error', fail);
		server.listen(port, '127.0.0.1', () => done(`http://127.0.0.1:${/** @type {AddressInfo} */ (server.address()).port}`));
	});
