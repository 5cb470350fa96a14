import { createServer } from 'node:net';

/**
 * @param {number} count
 * @param {number} from the first that is tried
 * @returns {Promise<number[]>} Ports of loopback on which nothing listens now.
 */
export async function findFreePorts(count, from) {
	const found = [];
	for (let port = from; found.length < count; port += 1) if (await isFree(port)) found.push(port);
	return found;
}

/** @param {number} port @returns {Promise<boolean>} */
function isFree(port) {
	return new Promise((resolve) => {
		const server = createServer();
		server.once('error', () => resolve(false));
		server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
	});
}
