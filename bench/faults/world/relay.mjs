/**
 * What stands between: a reverse proxy on loopback that a fault can make misbehave. Two stand in the world: one between visitors and the
 * application (`edge`), one between the application and its Convex deployment (`wire`). Without a fault it passes everything on unchanged,
 * WebSockets included.
 */
import { createServer, request } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { connect, createServer as createNetServer } from 'node:net';

/**
 * @typedef {import('node:http').IncomingMessage} Incoming
 * @typedef {import('node:http').ServerResponse} Outgoing
 * @typedef {Record<string, string | string[] | undefined>} Headers
 *
 * @typedef {object} Answer What came from behind, before it goes out.
 * @property {number} status
 * @property {Headers} headers
 * @property {string} path Of the request, without query.
 *
 * @typedef {object} Fault How the relay misbehaves; every part may be absent.
 * @property {(incoming: Incoming, outgoing: Outgoing) => boolean | Promise<boolean>} [answer] Answers in place of what is behind; false passes the request on.
 * @property {(incoming: Incoming, headers: Headers) => Headers} [ask] Changes the headers that go in.
 * @property {(answer: Answer) => Answer} [reply] Changes status and headers that come out.
 * @property {(body: Buffer, answer: Answer) => Buffer | null} [body] Changes a body; null leaves it. The body is then asked for without compression.
 * @property {(path: string) => boolean} [bodyOf] Whose bodies are changed; absent: all.
 * @property {number} [bytesPerSecond] How fast bodies come out.
 * @property {(path: string) => number} [delayMs] How long an answer is held back.
 * @property {(path: string) => number | null} [portFor] Another port behind for this request.
 * @property {'reset'} [sockets] Every connection is broken when it speaks.
 * @property {number} [handshakeDelayMs] How long a new connection waits before anything goes through.
 * @property {{ cert: string, key: string }} [tls] Ends TLS with this certificate.
 *
 * @typedef {object} Relay
 * @property {number} port
 * @property {(fault: Fault | null) => Promise<void>} use Null: passes everything on again.
 * @property {() => Promise<void>} shut Nothing listens at its port any more, until `use`.
 * @property {() => Promise<void>} close
 */

/**
 * @param {{ port: number, host?: string, behind: () => number }} options `host`: address of this machine to listen at, loopback when absent; `behind`: port of what is relayed to, asked for each request.
 * @returns {Promise<Relay>}
 */
export async function openRelay({ port, host = '127.0.0.1', behind }) {
	/** @type {Fault} */
	let fault = {};
	/** @type {Set<import('node:net').Socket>} */
	const sockets = new Set();
	/** @type {import('node:http').Server | import('node:https').Server | null} */
	let server = null;

	const open = async () => {
		const handle = (/** @type {Incoming} */ incoming, /** @type {Outgoing} */ outgoing) => {
			relayRequest(fault, behind, incoming, outgoing).catch(() => outgoing.destroy());
		};
		const made = fault.tls === undefined ? createServer(handle) : createTlsServer(fault.tls, handle);
		made.on('connection', (socket) => {
			sockets.add(socket);
			socket.on('error', () => {});
			socket.on('close', () => sockets.delete(socket));
			if (fault.sockets === 'reset') socket.once('data', () => socket.resetAndDestroy());
		});
		made.on('tlsClientError', () => {});
		made.on('upgrade', (incoming, socket, head) => relayUpgrade(fault, behind, { incoming, socket, head }));
		const { handshakeDelayMs } = fault;
		await listen(made, handshakeDelayMs === undefined ? port : 0, host);
		server = made;
		if (handshakeDelayMs === undefined) return;
		const inner = made.address();
		const door = createDoor({ port: typeof inner === 'object' ? (inner?.port ?? 0) : 0, host }, handshakeDelayMs, sockets);
		await listen(door, port, host);
		made.once('close', () => door.close());
	};
	const shut = async () => {
		const closing = server;
		server = null;
		if (closing === null) return;
		for (const socket of sockets) socket.destroy();
		await new Promise((resolve) => closing.close(resolve));
	};
	await open();
	return {
		port,
		use: async (next) => {
			fault = next ?? {};
			await shut();
			await open();
		},
		shut,
		close: shut,
	};
}

/** @param {import('node:net').Server} server @param {number} port @param {string} host */
function listen(server, port, host) {
	return new Promise((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, host, () => resolve(undefined));
	});
}

/** Accepts at once and lets nothing through for a while, as a long way does. @param {{ port: number, host: string }} inner @param {number} delayMs @param {Set<import('node:net').Socket>} sockets */
function createDoor(inner, delayMs, sockets) {
	return createNetServer((socket) => {
		sockets.add(socket);
		socket.on('error', () => {});
		setTimeout(() => {
			const through = connect(inner);
			through.on('error', () => socket.destroy());
			socket.pipe(through).pipe(socket);
		}, delayMs);
	});
}

/**
 * @param {Fault} fault
 * @param {() => number} behind
 * @param {Incoming} incoming
 * @param {Outgoing} outgoing
 */
async function relayRequest(fault, behind, incoming, outgoing) {
	const path = pathOf(incoming);
	const delay = fault.delayMs?.(path) ?? 0;
	if (delay > 0) await new Promise((resolve) => setTimeout(resolve, delay));
	if (fault.answer !== undefined && (await fault.answer(incoming, outgoing))) {
		incoming.resume();
		return;
	}
	const changesBody = fault.body !== undefined && (fault.bodyOf?.(path) ?? true);
	/** @type {Headers} */
	let headers = { ...incoming.headers };
	delete headers['x-forwarded-proto'];
	if (changesBody) delete headers['accept-encoding'];
	headers = fault.ask?.(incoming, headers) ?? headers;
	const passed = request(
		{ host: '127.0.0.1', port: fault.portFor?.(path) ?? behind(), method: incoming.method, path: incoming.url, headers },
		(response) => reply(fault, changesBody, { response, outgoing, path }),
	);
	passed.on('error', () => {
		if (!outgoing.headersSent) outgoing.writeHead(502, { 'content-type': 'text/plain' });
		outgoing.end('Bad Gateway');
	});
	outgoing.on('close', () => passed.destroy());
	incoming.pipe(passed);
}

/**
 * @param {Fault} fault
 * @param {boolean} changesBody
 * @param {{ response: Incoming, outgoing: Outgoing, path: string }} exchange
 */
function reply(fault, changesBody, { response, outgoing, path }) {
	const came = { status: response.statusCode ?? 502, headers: { ...response.headers }, path };
	const answer = fault.reply?.(came) ?? came;
	if (changesBody) {
		/** @type {Buffer[]} */
		const parts = [];
		response.on('data', (part) => parts.push(part));
		response.on('end', () => {
			const body = Buffer.concat(parts);
			const changed = fault.body?.(body, answer) ?? body;
			delete answer.headers['transfer-encoding'];
			outgoing.writeHead(answer.status, { ...clean(answer.headers), 'content-length': String(changed.length) });
			outgoing.end(changed);
		});
		return;
	}
	outgoing.writeHead(answer.status, clean(answer.headers));
	if (fault.bytesPerSecond === undefined) response.pipe(outgoing);
	else void trickle(response, outgoing, fault.bytesPerSecond);
}

/**
 * @param {Incoming} response
 * @param {Outgoing} outgoing
 * @param {number} bytesPerSecond
 */
async function trickle(response, outgoing, bytesPerSecond) {
	const piece = Math.max(64, Math.round(bytesPerSecond / 20));
	for await (const chunk of response) {
		for (let at = 0; at < chunk.length; at += piece) {
			if (outgoing.destroyed) return;
			outgoing.write(chunk.subarray(at, at + piece));
			await new Promise((resolve) => setTimeout(resolve, 50));
		}
	}
	outgoing.end();
}

/**
 * @param {Fault} fault
 * @param {() => number} behind
 * @param {{ incoming: Incoming, socket: import('node:stream').Duplex, head: Buffer }} upgrade
 */
function relayUpgrade(fault, behind, { incoming, socket, head }) {
	socket.on('error', () => {});
	const path = pathOf(incoming);
	if (fault.answer !== undefined) {
		// Whatever refuses plain requests on the way refuses WebSockets too: the handshake is one.
		const probe = /** @type {any} */ ({
			writeHead: (/** @type {number} */ status) => socket.write(`HTTP/1.1 ${status} Refused\r\nConnection: close\r\n\r\n`),
			end: () => socket.end(),
			setHeader: () => {},
		});
		if (fault.answer(incoming, probe) === true) return;
	}
	const target = connect(fault.portFor?.(path) ?? behind(), '127.0.0.1', () => {
		const lines = [`${incoming.method} ${incoming.url} HTTP/1.1`];
		for (let at = 0; at < incoming.rawHeaders.length; at += 2) lines.push(`${incoming.rawHeaders[at]}: ${incoming.rawHeaders[at + 1]}`);
		target.write(`${lines.join('\r\n')}\r\n\r\n`);
		target.write(head);
		target.pipe(socket);
		socket.pipe(target);
	});
	target.on('error', () => socket.destroy());
	socket.on('close', () => target.destroy());
	target.on('close', () => socket.destroy());
}

/** @param {Incoming} incoming */
function pathOf(incoming) {
	return (incoming.url ?? '/').split('?')[0] ?? '/';
}

/** @param {Headers} headers @returns {Record<string, string | string[]>} */
function clean(headers) {
	return /** @type {Record<string, string | string[]>} */ (
		Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined))
	);
}
