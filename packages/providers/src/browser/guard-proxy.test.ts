import net from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startGuardProxy } from './guard-proxy.ts';
import { readGreeting, readRequest } from './socks.ts';

const inside = { private: true };

async function listen(): Promise<number> {
	const server = net.createServer((socket) => void socket.on('error', () => {}).end('hello'));
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	onTestFinished(() => void server.close());
	return (server.address() as net.AddressInfo).port;
}

/** Asks the guard for a connection as a browser does. @returns the reply's code and what comes after it. */
async function through(hosts: readonly string[], host: string, port: number, reach = inside) {
	const guard = await startGuardProxy(hosts, reach);
	onTestFinished(guard.close);
	const received = await new Promise<Buffer>((resolve) => {
		const socket = net.connect(guard.port, '127.0.0.1');
		let all = Buffer.alloc(0);
		socket.on('error', () => {});
		socket.on('data', (chunk) => {
			const first = all.length === 0;
			all = Buffer.concat([all, chunk]);
			if (first) socket.write(Buffer.from([5, 1, 0, 3, host.length, ...Buffer.from(host), port >> 8, port & 255]));
		});
		socket.on('close', () => resolve(all));
		// In two pieces, as the network may deliver it.
		socket.write(Buffer.from([5, 1]), () => socket.write(Buffer.from([0])));
	});
	return { reply: received[3], rest: received.subarray(12).toString(), failure: guard.failureOf(host) };
}

describe('the guard before the browser', () => {
	it('connects to hosts of the list', async () => {
		expect(await through(['localhost'], 'localhost', await listen())).toEqual({ reply: 0, rest: 'hello', failure: null });
	});

	it.each<[string, readonly string[], string, { private: boolean }]>([
		['a host outside the list', ['shop.example'], 'localhost', inside],
		['a private address for a public service', ['localhost'], 'localhost', { private: false }],
		['a private literal for a public service', ['127.0.0.1'], '127.0.0.1', { private: false }],
		['a metadata address', ['169.254.169.254'], '169.254.169.254', inside],
		['a metadata name', ['metadata.google.internal'], 'metadata.google.internal', inside],
	])('refuses %s', async (_name, hosts, host, reach) => {
		expect(await through(hosts, host, await listen(), reach)).toEqual({ reply: 2, rest: '', failure: 'net::ERR_BLOCKED_BY_CLIENT' });
	});

	it('knows why a connection failed', async () => {
		expect(await through(['127.0.0.1'], '127.0.0.1', 1)).toMatchObject({ reply: 1, failure: 'net::ERR_CONNECTION_REFUSED' });
		expect(await through(['nowhere.invalid'], 'nowhere.invalid', 80)).toMatchObject({ reply: 1, failure: 'net::ERR_NAME_NOT_RESOLVED' });
	});
});

it('reads the three forms of address, and waits for the whole of each', () => {
	const ipv4 = Buffer.from([5, 1, 0, 1, 127, 0, 0, 1, 0, 80]);
	const ipv6 = Buffer.from([5, 1, 0, 4, ...Array(15).fill(0), 1, 1, 187]);
	const name = Buffer.from([5, 1, 0, 3, 4, ...Buffer.from('Shop'), 0, 80]);
	expect([ipv4, ipv6, name].map((bytes) => readRequest(bytes))).toEqual([
		{ host: '127.0.0.1', port: 80, supported: true },
		{ host: '0:0:0:0:0:0:0:1', port: 443, supported: true },
		{ host: 'shop', port: 80, supported: true },
	]);
	for (let length = 0; length < name.length; length++) expect(readRequest(name.subarray(0, length))).toBeNull();
	expect(readRequest(Buffer.from([5, 2, 0, 1, 127, 0, 0, 1, 0, 80]))).toMatchObject({ supported: false });
	expect([Buffer.from([5]), Buffer.from([5, 2, 0]), Buffer.from([5, 1, 0])].map(readGreeting)).toEqual([0, 0, 3]);
});
