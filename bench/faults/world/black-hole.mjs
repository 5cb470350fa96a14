/**
 * A port whose connections are swallowed: the handshake never ends, as behind a firewall that drops packets. A stopped process listens
 * with a full queue; Linux then drops every further SYN.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';

const listener = `
	const server = require('node:net').createServer();
	server.listen({ port: Number(process.argv[1]), host: '127.0.0.1', backlog: 1 }, () => {
		process.stdout.write('ready\\n', () => process.kill(process.pid, 'SIGSTOP'));
	});
`;

/**
 * @param {number} port on loopback; nothing may listen there.
 * @returns {Promise<() => Promise<void>>} takes it away again.
 */
export async function openBlackHole(port) {
	const child = spawn(process.execPath, ['-e', listener, String(port)], { stdio: ['ignore', 'pipe', 'inherit'] });
	await once(child.stdout, 'data');
	// Two fill the queue (Linux keeps backlog + 1); some more wait in vain.
	const fillers = Array.from({ length: 6 }, () => connect(port, '127.0.0.1').on('error', () => {}));
	await new Promise((resolve) => setTimeout(resolve, 150));
	return async () => {
		for (const filler of fillers) filler.destroy();
		const ended = once(child, 'exit');
		child.kill('SIGKILL');
		await ended;
	};
}
