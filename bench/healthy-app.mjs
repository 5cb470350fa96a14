/**
 * A small, healthy application on loopback for the benches: a page with its script and style sheet, health, CSRF tokens bound to a
 * cookie, and the version route of a Convex deployment. Every answer is delayed by what a server-rendered page takes.
 */
import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import { gzipSync } from 'node:zlib';

const script = `const list = document.querySelector('#products');\nif (list) list.dataset.ready = 'yes';\n${'// shop\n'.repeat(200)}`;
const style = `body { font-family: sans-serif; margin: 2rem }\n${'#products li { padding: .2rem }\n'.repeat(40)}`;
const name = (/** @type {string} */ text) => createHash('sha256').update(text).digest('hex').slice(0, 12);
const paths = { script: `/_next/static/chunks/main-${name(script)}.js`, style: `/_next/static/css/${name(style)}.css` };
const products = Array.from({ length: 40 }, (_, index) => `<li>Product ${index + 1}</li>`).join('');
const page = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Shop</title><link rel="stylesheet" href="${paths.style}"></head><body><h1>Products</h1><ul id="products">${products}</ul><script src="${paths.script}"></script></body></html>`;
const key = randomBytes(32);

/**
 * @param {number} delayMs before each answer
 * @returns {Promise<{ url: string, stop: () => Promise<void> }>}
 */
export async function startHealthyApp(delayMs) {
	const server = createServer((request, response) => {
		request.resume();
		setTimeout(() => answer(request, response), delayMs);
	});
	await /** @type {Promise<void>} */ (
		new Promise((resolve, reject) => {
			server.once('error', reject);
			server.listen(0, '127.0.0.1', resolve);
		})
	);
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('expected a port, got none');
	return {
		url: `http://127.0.0.1:${address.port}`,
		stop: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
}

/** @param {import('node:http').IncomingMessage} request @param {import('node:http').ServerResponse} response */
function answer(request, response) {
	const path = new URL(request.url ?? '/', 'http://localhost').pathname;
	const zips = String(request.headers['accept-encoding'] ?? '').includes('gzip');
	const send = (/** @type {number} */ status, /** @type {string} */ type, /** @type {string} */ body, headers = {}) => {
		const zipped = zips && body.length > 1000;
		const encoding = zipped ? { 'content-encoding': 'gzip', vary: 'accept-encoding' } : {};
		response.writeHead(status, { 'content-type': type, 'x-content-type-options': 'nosniff', ...encoding, ...headers });
		response.end(request.method === 'HEAD' ? undefined : zipped ? gzipSync(body) : body);
	};
	const lasting = { 'cache-control': 'public, max-age=31536000, immutable' };
	if (path === paths.script) return send(200, 'text/javascript; charset=utf-8', script, lasting);
	if (path === paths.style) return send(200, 'text/css; charset=utf-8', style, lasting);
	if (path === '/api/health') return send(200, 'application/json', '{"status":"ok"}', { 'cache-control': 'no-store' });
	if (path === '/api/csrf') return answerToken(request, send);
	if (path === '/version') return send(200, 'text/plain', '1.48.0');
	if (path !== '/') return send(404, 'text/html; charset=utf-8', '<!doctype html><title>Not here</title><p>Not here</p>');
	return send(200, 'text/html; charset=utf-8', page, {
		'cache-control': 'private, no-cache',
		'content-security-policy': "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'",
		'referrer-policy': 'strict-origin-when-cross-origin',
		'x-frame-options': 'DENY',
		'set-cookie': `visit=${randomBytes(8).toString('hex')}; Path=/; HttpOnly; SameSite=Lax; Max-Age=3600`,
	});
}

/** GET issues a token bound to a cookie; POST answers 204 to it and 403 to anything else. */
function answerToken(
	/** @type {import('node:http').IncomingMessage} */ request,
	/** @type {(status: number, type: string, body: string, headers?: object) => void} */ send,
) {
	if (request.method === 'POST') {
		const session = /(?:^|;\s*)bench-csrf=([^;]+)/.exec(request.headers.cookie ?? '')?.[1] ?? '';
		const given = Buffer.from(String(request.headers['x-csrf-token'] ?? ''));
		const expected = Buffer.from(sign(session));
		const good = session !== '' && given.length === expected.length && timingSafeEqual(given, expected);
		return send(good ? 204 : 403, 'application/json', good ? '' : '{"error":"csrf"}');
	}
	const session = randomBytes(16).toString('hex');
	const cookie = `bench-csrf=${session}; Path=/; HttpOnly; SameSite=Strict`;
	return send(200, 'application/json', JSON.stringify({ token: sign(session), header: 'x-csrf-token', field: 'csrf_token' }), {
		'set-cookie': cookie,
		'cache-control': 'no-store',
	});
}

/** @param {string} session */
function sign(session) {
	return createHmac('sha256', key).update(session).digest('hex');
}
