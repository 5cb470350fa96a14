// Starts the built shop in this process: one process, so that nothing is left behind when it ends.
// usage: node scripts/start.mjs [--port 3000] [--host 127.0.0.1] [--data .data]
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { completeSecrets } from './complete-secrets.mjs';
import { listenOnFreePort } from './listen-on-free-port.mjs';

const shop = path.resolve(import.meta.dirname, '..');
const options = readOptions();

if (!existsSync(path.join(shop, '.next/BUILD_ID'))) fail('the shop is not built: expected .next/BUILD_ID. Run `npm run build` first.');

// Relative to where the command was given, as every path on a command line.
const data = path.resolve(options.data ?? process.env.SHOP_DATA_DIR ?? path.join(shop, '.data'));
const { file, made } = await completeSecrets(data, process.env).catch((cause) =>
	fail(`the data folder ${data} cannot be used: ${cause.code ?? cause.message}. Choose another with --data.`),
);

let handle = null;
let begin = () => {};
const starting = new Promise((resolve) => {
	begin = resolve;
});
const server = createServer((request, response) => {
	// A connection may come between the choice of the port and the end of the start.
	starting
		.then(() => handle(request, response))
		.catch((cause) => {
			console.error(`start: a request could not be handled: ${cause instanceof Error ? cause.message : String(cause)}`);
			response.destroy();
		});
});
const port = await listenOnFreePort(server, options.port, options.host).catch((cause) => fail(cause.message));
const url = `http://${options.host === '127.0.0.1' ? 'localhost' : options.host}:${port}`;

process.env.NODE_ENV = 'production';
process.env.NEXT_TELEMETRY_DISABLED = '1';
process.env.SHOP_DATA_DIR = data;
process.env.APP_URL ||= url;

let stopping = false;
for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, stop);

// Loaded now and not above: Next reads the environment when it is imported.
const { default: next } = await import('next');
const app = next({ dev: false, dir: shop, hostname: options.host, port });
await app.prepare().catch((cause) => fail(`Next could not start: ${cause instanceof Error ? cause.message : String(cause)}`));
handle = app.getRequestHandler();
begin();
// The first request waits until the data are seeded; whoever reads the URL below finds a shop that answers. An unhealthy answer is one too.
await fetch(`http://${options.host.includes(':') ? `[${options.host}]` : options.host}:${port}/api/health`, {
	signal: AbortSignal.timeout(30_000),
}).catch((cause) => fail(`the shop does not answer on its own port: ${cause.cause?.code ?? cause.name}`));

if (!stopping) {
	console.log(`Shop       ${url}`);
	if (process.env.APP_URL !== url) console.log(`APP_URL    ${process.env.APP_URL}`);
	if (process.env.SHOP_DEMO_PASSWORD)
		console.log(
			`Sign in    ${process.env.SHOP_DEMO_EMAIL || 'demo@shop.example'}  ${made.has('SHOP_DEMO_PASSWORD') ? process.env.SHOP_DEMO_PASSWORD : `(password: SHOP_DEMO_PASSWORD in ${path.relative(process.cwd(), file) || file})`}`,
		);
	console.log(`Data       ${path.relative(process.cwd(), data) || data}`);
}

/** Lets requests under way finish, for 3 s at most, and ends with exit code 0. */
function stop() {
	if (stopping) process.exit(0);
	stopping = true;
	server.close(() => process.exit(0));
	server.closeIdleConnections();
	setTimeout(() => process.exit(0), 3000).unref();
}

function readOptions() {
	let values;
	try {
		({ values } = parseArgs({ options: { port: { type: 'string' }, host: { type: 'string' }, data: { type: 'string' } } }));
	} catch (cause) {
		fail(`${cause.message}\nusage: node scripts/start.mjs [--port 3000] [--host 127.0.0.1] [--data .data]`);
	}
	const port = values.port ?? process.env.PORT ?? '3000';
	if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535)
		fail(`expected a port from 0 to 65535, got ${JSON.stringify(port)}, for example --port 3000`);
	return { port: Number(port), host: values.host ?? '127.0.0.1', data: values.data };
}

function fail(message) {
	console.error(`start: ${message}`);
	process.exit(2);
}
