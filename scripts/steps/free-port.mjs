import { createServer } from 'node:net';

const TRIES = 50;

/**
 * @param {number} first The port to begin with.
 * @param {string} [host]
 * @returns {Promise<number>} That port, or the next one that nothing listens on.
 * @throws {Error} When 50 ports in a row are taken.
 */
export async function findFreePort(first, host = '127.0.0.1') {
	for (let port = first; port < first + TRIES; port++) {
		if (await isFree(port, host)) return port;
	}
	throw new Error(`The ports ${first} to ${first + TRIES - 1} on ${host} are all taken. Free one, or name another with PORT.`);
}

/**
 * @param {number} port
 * @param {string} host
 * @returns {Promise<boolean>}
 */
function isFree(port, host) {
	return new Promise((resolve) => {
		const server = createServer();
		server.once('error', () => resolve(false));
		server.listen({ port, host }, () => server.close(() => resolve(true)));
	});
}
