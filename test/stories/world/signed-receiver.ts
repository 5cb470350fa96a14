/** A receiver of webhooks that takes nothing unsigned, and can be killed and come back at the same port. */
import { createHmac, randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface SignedHook {
	readonly id: string;
	readonly status: number;
	readonly type: string;
	readonly data: Readonly<Record<string, unknown>> & { readonly incident: { readonly key: string; readonly number: number } | null };
}

export interface SignedReceiver extends AsyncDisposable {
	readonly url: string;
	readonly secret: string;
	/** Everything that came with a good signature, in order. */
	readonly hooks: readonly SignedHook[];
	/** What came without one. */
	readonly unsigned: number;
	/** Status of every answer from now on. */
	answer: number;
	readonly kill: () => Promise<void>;
	readonly comeBack: () => Promise<void>;
}

export async function startSignedReceiver(): Promise<SignedReceiver> {
	const key = randomBytes(32);
	const hooks: SignedHook[] = [];
	const state = { answer: 204, unsigned: 0, port: 0 };
	let server: Server | null = null;
	const listen = async (): Promise<void> => {
		const made = createServer((request, response) => {
			const chunks: Buffer[] = [];
			request.on('data', (chunk: Buffer) => chunks.push(chunk));
			request.on('end', () => {
				const body = Buffer.concat(chunks).toString('utf8');
				const id = String(request.headers['webhook-id']);
				// As the specification of Standard Webhooks says it, not as our code does.
				const signed = `${id}.${String(request.headers['webhook-timestamp'])}.${body}`;
				const wanted = `v1,${createHmac('sha256', key).update(signed).digest('base64')}`;
				const isSigned = String(request.headers['webhook-signature']).split(' ').includes(wanted);
				if (isSigned) hooks.push({ id, status: state.answer, ...JSON.parse(body) });
				else state.unsigned++;
				response.writeHead(isSigned ? state.answer : 401).end();
			});
		});
		await new Promise<void>((resolve, reject) => made.once('error', reject).listen(state.port, '127.0.0.1', resolve));
		state.port = (made.address() as AddressInfo).port;
		server = made;
	};
	const kill = async (): Promise<void> => {
		const ending = server;
		server = null;
		ending?.closeAllConnections();
		await new Promise<void>((resolve) => (ending === null ? resolve() : ending.close(() => resolve())));
	};
	await listen();
	return {
		url: `http://127.0.0.1:${state.port}/hooks/1`,
		secret: `whsec_${key.toString('base64')}`,
		hooks,
		get unsigned() {
			return state.unsigned;
		},
		get answer() {
			return state.answer;
		},
		set answer(status) {
			state.answer = status;
		},
		kill,
		comeBack: listen,
		[Symbol.asyncDispose]: kill,
	};
}
