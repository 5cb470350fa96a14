/**
 * The only way out for the browser: a SOCKS5 proxy (RFC 1928) on loopback that lives as long as a walk. It resolves names itself, so the
 * address that is judged is the one that is connected to, on every hop: pages, redirects, frames, WebSockets. Hosts outside the
 * list are refused without a look-up; metadata addresses always, private ones unless the service is private.
 */
import net from 'node:net';
import { checkReach, createGuardedLookup, isListedHost } from '@holdfast/checks/target';
import type { VendorReach } from '@holdfast/checks/vendors';
import { readGreeting, readRequest, replyTo } from './socks.ts';

export interface GuardProxy {
	readonly port: number;
	/** Whether the browser may go there at all. */
	readonly allows: (hostname: string) => boolean;
	/** In the browser's words, why the last connection to this host failed; null when none did. */
	readonly failureOf: (hostname: string) => string | null;
	readonly close: () => void;
}

/** Longest wait for a connection, in milliseconds. */
const connectMs = 4000;

/** @param hosts names that may be reached, `*.shop.example` covers its subdomains. */
export async function startGuardProxy(hosts: readonly string[], reach: VendorReach): Promise<GuardProxy> {
	const failures = new Map<string, string>();
	const sockets = new Set<net.Socket>();
	const allows = (hostname: string) => isListedHost(hostname, hosts);
	const track = (socket: net.Socket) => {
		sockets.add(socket);
		socket.on('error', () => {}).on('close', () => sockets.delete(socket));
	};
	const server = net.createServer((client) => {
		track(client);
		let buffered = Buffer.alloc(0);
		let greeted = false;
		client.on('data', function read(chunk: Buffer) {
			buffered = Buffer.concat([buffered, chunk]);
			if (buffered.length > 1024) return void client.destroy();
			if (!greeted) {
				const used = readGreeting(buffered);
				if (used === 0) return;
				greeted = true;
				buffered = buffered.subarray(used);
				client.write(Buffer.from([5, 0]));
			}
			const request = readRequest(buffered);
			if (request === null) return;
			client.off('data', read);
			client.pause();
			const fail = (word: string) => {
				failures.set(request.host, word);
				client.end(replyTo(word === 'net::ERR_BLOCKED_BY_CLIENT' ? 'refused' : 'failed'));
			};
			if (!request.supported || !allows(request.host) || checkReach(request.host, reach) !== null)
				return fail('net::ERR_BLOCKED_BY_CLIENT');
			const target = net.connect({ host: request.host, port: request.port, lookup: createGuardedLookup(reach), noDelay: true });
			track(target);
			const timer = setTimeout(() => target.destroy(Object.assign(new Error('too slow'), { code: 'ETIMEDOUT' })), connectMs);
			target.once('connect', () => {
				clearTimeout(timer);
				failures.delete(request.host);
				target.off('error', onError);
				client.write(replyTo('connected'));
				client.pipe(target).pipe(client);
				target.on('close', () => client.destroy());
				client.on('close', () => target.destroy());
			});
			const onError = (error: Error) => {
				clearTimeout(timer);
				fail(toBrowserWord(error));
			};
			target.once('error', onError);
		});
	});
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(0, '127.0.0.1', resolve);
	});
	const address = server.address();
	return {
		port: typeof address === 'object' && address !== null ? address.port : 0,
		allows,
		failureOf: (hostname) => failures.get(hostname.replace(/^\[|\]$/g, '').toLowerCase()) ?? null,
		close: () => {
			server.close();
			for (const socket of sockets) socket.destroy();
		},
	};
}

function toBrowserWord(error: Error): string {
	if (error.name === 'TargetRefusedError') return 'net::ERR_BLOCKED_BY_CLIENT';
	switch ('code' in error ? error.code : '') {
		case 'ECONNREFUSED':
			return 'net::ERR_CONNECTION_REFUSED';
		case 'ENOTFOUND':
		case 'EAI_AGAIN':
			return 'net::ERR_NAME_NOT_RESOLVED';
		case 'ETIMEDOUT':
			return 'net::ERR_CONNECTION_TIMED_OUT';
		case 'ENETUNREACH':
		case 'EHOSTUNREACH':
			return 'net::ERR_ADDRESS_UNREACHABLE';
		default:
			return 'net::ERR_CONNECTION_FAILED';
	}
}
