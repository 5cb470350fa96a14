/** How one process asks another for a fault: a socket beside the deployment, one JSON object to a line. */
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';

/**
 * @typedef {{ ask: 'break', fault: string } | { ask: 'mend' } | { ask: 'state' }} Request `state` changes nothing: who answers is there.
 * @typedef {{ kind: 'done', sentence: string | null } | { kind: 'refused', reason: string, needsOwn: boolean }} Answer `sentence` is null when there was
 *   nothing to do; `needsOwn`: a deployment of its own can have this fault.
 */

/**
 * @param {string} file of the socket
 * @param {(request: Request) => Promise<Answer>} handle Called for one request after the other.
 * @returns {Promise<() => void>} Ends it.
 */
export async function listenForFaults(file, handle) {
	mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
	if (existsSync(file)) {
		if ((await askForFault(file, { ask: 'state' })) !== null) throw new Error(`somebody serves ${file} already`);
		rmSync(file);
	}
	/** @type {Promise<unknown>} */
	let turn = Promise.resolve();
	const server = createServer((client) => {
		client.on('error', () => {});
		createInterface({ input: client }).on('line', (line) => {
			turn = turn.then(async () => {
				/** @type {Answer} */
				let answer;
				try {
					answer = await handle(JSON.parse(line));
				} catch (error) {
					answer = { kind: 'refused', reason: error instanceof Error ? error.message : String(error), needsOwn: false };
				}
				client.end(`${JSON.stringify(answer)}\n`);
			});
		});
	});
	await new Promise((resolve, reject) => {
		server.once('error', reject);
		server.listen(file, () => resolve(undefined));
	});
	return () => {
		server.close();
		rmSync(file, { force: true });
	};
}

/**
 * @param {string} file of the socket
 * @param {Request} request
 * @returns {Promise<Answer | null>} Null: nobody listens there.
 */
export function askForFault(file, request) {
	return new Promise((resolve) => {
		const client = connect(file, () => client.write(`${JSON.stringify(request)}\n`));
		client.on('error', () => resolve(null));
		const lines = createInterface({ input: client });
		lines.on('error', () => resolve(null));
		lines.once('line', (line) => {
			try {
				resolve(JSON.parse(line));
			} catch {
				resolve(null);
			}
		});
		client.on('close', () => resolve(null));
	});
}
