import { createServer } from 'node:net';

const TRIES = 50;
/** What `localhost` may mean to a browser: a port that one of them has taken shows somebody else's pages there. */
const LOOPBACK = ['127.0.0.1', '::1'];
/** This machine has no such address, so nothing can listen on it. */
const NO_SUCH_ADDRESS = new Set(['EADDRNOTAVAIL', 'EAFNOSUPPORT']);

/**
 * @param {number} first The port to begin with.
 * @param {readonly string[]} [hosts]
 * @returns {Promise<number>} That port, or the next one that nothing listens on at any of the hosts.
 * @throws {Error} When 50 ports in a row are taken.
 */
export async function findFreePort(first, hosts = LOOPBACK) {
	for (let port = first; port < first + TRIES; port++) {
		const free = await Promise.all(hosts.map((host) => isFree(port, host)));
		if (free.every(Boolean)) return port;
	}
	throw new Error(
		`The ports ${first} to ${first + TRIES - 1} on ${hosts.join(' and ')} are all taken. Free one, or name another with PORT.`,
	);
}

/**
 * @param {number} port
 * @param {string} host
 * @returns {Promise<boolean>}
 */
function isFree(port, host) {
	return new Promise((resolve) => {
		const server = createServer();
		server.once('error', (error) => resolve('code' in error && NO_SUCH_ADDRESS.has(String(error.code))));
		server.listen({ port, host }, () => server.close(() => resolve(true)));
	});
}
