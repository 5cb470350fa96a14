import { createServer as createHttpServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { TestAuthority } from './authority.ts';

/** What stands between the world and the application, and what it does wrong. */
export interface ProxyOptions {
	/** Origin of the application behind it. */
	readonly target: string;
	/** Ends TLS with this certificate; plain http without. */
	readonly tls?: TestAuthority;
	readonly port?: number;
	/** What it tells the application about the outer scheme; absent: nothing. */
	readonly forwardedProto?: 'http' | 'https';
	/** Answers instead of the application; false to pass the request on. */
	readonly meddle?: (request: IncomingMessage, response: ServerResponse) => boolean;
}

export interface RunningProxy extends AsyncDisposable {
	readonly origin: string;
	readonly port: number;
}

/** Starts a reverse proxy on loopback. */
export async function startProxy(options: ProxyOptions): Promise<RunningProxy> {
	const handle = (incoming: IncomingMessage, outgoing: ServerResponse): void => {
		if (options.meddle?.(incoming, outgoing) === true) return;
		forward(options, incoming, outgoing);
	};
	const server: Server =
		options.tls === undefined
			? createHttpServer(handle)
			: (createTlsServer({ cert: options.tls.cert, key: options.tls.key }, handle) as unknown as Server);
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(options.port ?? 0, '127.0.0.1', resolve);
	});
	const { port } = server.address() as AddressInfo;
	return {
		origin: `${options.tls === undefined ? 'http' : 'https'}://localhost:${port}`,
		port,
		async [Symbol.asyncDispose]() {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

function forward(options: ProxyOptions, incoming: IncomingMessage, outgoing: ServerResponse): void {
	const target = new URL(options.target);
	const headers: Record<string, string | string[] | undefined> = { ...incoming.headers };
	delete headers['x-forwarded-proto'];
	if (options.forwardedProto !== undefined) headers['x-forwarded-proto'] = options.forwardedProto;
	const passed = request({ host: target.hostname, port: target.port, method: incoming.method, path: incoming.url, headers }, (answer) => {
		outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
		answer.pipe(outgoing);
	});
	passed.on('error', () => {
		if (!outgoing.headersSent) outgoing.writeHead(502, { 'content-type': 'text/plain' });
		outgoing.end('Bad Gateway');
	});
	incoming.pipe(passed);
}

/** A port of loopback on which nothing listens now. */
export async function findFreePort(): Promise<number> {
	const server = createHttpServer();
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	await new Promise((resolve) => server.close(resolve));
	return port;
}
