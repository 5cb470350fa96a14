import { connect } from 'node:net';

const ATTEMPTS = 20;

/**
 * Lets `server` listen on `port` of `host`, or on the next free one; port 0 means any. Returns the port.
 * A port that something else answers on over IPv6 counts as taken: `localhost` would lead browsers there.
 *
 * @param {import('node:http').Server} server
 * @param {number} port
 * @param {string} host
 * @returns {Promise<number>}
 */
export async function listenOnFreePort(server, port, host) {
	for (let candidate = port; candidate < port + ATTEMPTS && candidate <= 65_535; candidate++) {
		if (candidate !== 0 && host === '127.0.0.1' && (await isAnswered('::1', candidate))) continue;
		try {
			return await listen(server, candidate, host);
		} catch (cause) {
			const { code, message } = /** @type {NodeJS.ErrnoException} */ (cause);
			if (code !== 'EADDRINUSE') throw new Error(`cannot listen on ${host}:${candidate}: ${code ?? message}`, { cause });
		}
	}
	throw new Error(`expected a free port from ${port} to ${port + ATTEMPTS - 1} on ${host}, all are taken; give another with --port.`);
}

/**
 * @param {import('node:http').Server} server
 * @param {number} port
 * @param {string} host
 * @returns {Promise<number>}
 */
function listen(server, port, host) {
	return new Promise((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, host, () => {
			server.off('error', reject);
			resolve(/** @type {import('node:net').AddressInfo} */ (server.address()).port);
		});
	});
}

/**
 * @param {string} host
 * @param {number} port
 * @returns {Promise<boolean>}
 */
function isAnswered(host, port) {
	return new Promise((resolve) => {
		const socket = connect({ host, port, timeout: 300 });
		const end = (/** @type {boolean} */ answered) => {
			socket.destroy();
			resolve(answered);
		};
		socket.once('connect', () => end(true));
		socket.once('error', () => end(false));
		socket.once('timeout', () => end(false));
	});
}
