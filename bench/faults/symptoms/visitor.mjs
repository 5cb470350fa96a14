/**
 * A visitor without a browser: plain requests over sockets of node:http and node:https. It shares no code with the checks, so that what it
 * sees says nothing about them.
 */
import { request as requestPlain } from 'node:http';
import { request as requestTls } from 'node:https';
import { connect } from 'node:net';

/**
 * @typedef {object} Page
 * @property {number} status
 * @property {import('node:http').IncomingHttpHeaders} headers
 * @property {Buffer} body as it was sent: not decompressed
 * @property {string} text
 * @property {number} firstByteMs from the start of the request, the connection included
 * @property {number} ms until the last byte
 */

/**
 * @param {string} url
 * @param {{ ca?: string | null, method?: string, headers?: Record<string, string>, body?: string, timeoutMs?: number }} [options] `ca`: PEM of the only authority that is trusted.
 * @returns {Promise<Page>}
 * @throws {Error} When no answer comes, with the reason of the system.
 */
export function ask(url, { ca = null, method = 'GET', headers = {}, body, timeoutMs = 10_000 } = {}) {
	const startedAt = performance.now();
	const isTls = url.startsWith('https:');
	return new Promise((resolve, reject) => {
		const outgoing = (isTls ? requestTls : requestPlain)(
			url,
			{ method, headers: { accept: '*/*', ...headers }, agent: false, ...(ca === null ? {} : { ca }) },
			(response) => {
				const firstByteMs = performance.now() - startedAt;
				/** @type {Buffer[]} */
				const parts = [];
				response.on('data', (part) => parts.push(part));
				response.on('error', reject);
				response.on('end', () => {
					const whole = Buffer.concat(parts);
					resolve({
						status: response.statusCode ?? 0,
						headers: response.headers,
						body: whole,
						text: whole.toString('utf8'),
						firstByteMs,
						ms: performance.now() - startedAt,
					});
				});
			},
		);
		const timer = setTimeout(() => outgoing.destroy(new Error(`no whole answer within ${timeoutMs / 1000} s`)), timeoutMs);
		outgoing.on('close', () => clearTimeout(timer));
		outgoing.on('error', reject);
		outgoing.end(body);
	});
}

/**
 * Follows redirects as a browser does, at most twenty (Fetch standard, 4.4 step 6).
 *
 * @param {string} url
 * @param {Parameters<typeof ask>[1]} [options]
 * @returns {Promise<Page>}
 * @throws {Error} `too many redirects` after twenty.
 */
export async function follow(url, options) {
	let at = url;
	for (let count = 0; count <= 20; count += 1) {
		const page = await ask(at, options);
		if (page.status < 300 || page.status >= 400 || page.headers.location === undefined) return page;
		at = new URL(page.headers.location, at).href;
	}
	throw new Error(`too many redirects, the last to ${at}`);
}

/**
 * Asks for a WebSocket and says how that was answered.
 *
 * @param {number} port of loopback
 * @param {string} path
 * @returns {Promise<string>} The status line; empty when the connection was closed without one.
 */
export function askForWebSocket(port, path) {
	return new Promise((resolve, reject) => {
		const socket = connect(port, '127.0.0.1', () => {
			socket.write(
				[
					`GET ${path} HTTP/1.1`,
					`Host: 127.0.0.1:${port}`,
					'Connection: Upgrade',
					'Upgrade: websocket',
					'Sec-WebSocket-Version: 13',
					'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
					'\r\n',
				].join('\r\n'),
			);
		});
		socket.setTimeout(5000, () => socket.destroy(new Error('no answer to the request for a WebSocket within 5 s')));
		socket.once('data', (data) => {
			resolve(data.toString('latin1').split('\r\n')[0] ?? '');
			socket.destroy();
		});
		socket.once('error', reject);
		socket.once('close', () => resolve(''));
	});
}
