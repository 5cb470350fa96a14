// Serves the built shop in this process, with the environment that it is given and nothing else; start.mjs is what people run.
// usage: node scripts/serve.mjs --port 3000 [--host 127.0.0.1] [--dev]
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { findVisitorAddress, visitorHeader } from './visitor-address.mjs';

const ANSWER_WITHIN_MS = 30_000;
const shop = path.resolve(import.meta.dirname, '..');
const { values } = parseArgs({
	options: { port: { type: 'string' }, host: { type: 'string', default: '127.0.0.1' }, dev: { type: 'boolean', default: false } },
});
const { host, dev } = values;
const port = Number(values.port);
if (!dev && !existsSync(path.join(shop, '.next/BUILD_ID')))
	fail('the shop is not built: expected .next/BUILD_ID. Run `npm run build` first.');

/** @type {import('next/dist/server/next.js').RequestHandler | null} */
let handle = null;
let begin = () => {};
const starting = new Promise((resolve) => {
	begin = () => resolve(undefined);
});
const server = createServer((request, response) => {
	const visitor = findVisitorAddress(request.socket.remoteAddress, request.headers['x-forwarded-for']);
	delete request.headers[visitorHeader];
	if (visitor !== null) request.headers[visitorHeader] = visitor;
	// A connection may come before the end of the start.
	starting
		.then(() => handle?.(request, response))
		.catch((cause) => {
			console.error(`serve: a request could not be handled: ${cause instanceof Error ? cause.message : String(cause)}`);
			response.destroy();
		});
});
server.once('error', (cause) =>
	fail(`cannot listen on ${host}:${port}: ${/** @type {NodeJS.ErrnoException} */ (cause).code ?? cause.message}`),
);
await new Promise((resolve) => server.listen(port, host, () => resolve(undefined)));

let stopping = false;
for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, stop);
process.on('disconnect', stop);

Object.assign(process.env, { NODE_ENV: dev ? 'development' : 'production', NEXT_TELEMETRY_DISABLED: '1' });
// Loaded now and not above: Next reads the environment when it is imported.
const { default: next } = await import('next');
const app = /** @type {import('next/dist/server/next.js').NextWrapperServer} */ (
	/** @type {any} */ (next)({ dev, dir: shop, hostname: host, port, httpServer: server })
);
await app.prepare().catch((cause) => fail(`Next could not start: ${cause instanceof Error ? cause.message : String(cause)}`));
handle = app.getRequestHandler();
begin();
// Whoever is told that it is ready finds a shop that answers. An unhealthy answer is one too; none at all is for its operator to diagnose.
await fetch(`http://${host.includes(':') ? `[${host}]` : host}:${port}/api/health`, {
	signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
}).catch((cause) => console.error(`serve: the shop does not answer on its own port: ${cause.cause?.code ?? cause.name}`));
process.send?.({ ready: true });

/** Lets requests under way finish, for 3 s at most, and ends with exit code 0. */
function stop() {
	if (stopping) process.exit(0);
	stopping = true;
	server.close(() => process.exit(0));
	server.closeIdleConnections();
	setTimeout(() => process.exit(0), 3000).unref();
}

/**
 * @param {string} message
 * @returns {never}
 */
function fail(message) {
	console.error(`serve: ${message}`);
	process.exit(2);
}
