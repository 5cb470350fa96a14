/**
 * A server in a process of its own, so that its processor time is its own: `bare` reads a body and answers, `ingest` is Holdfast's with ports that count.
 * Tells its port, and on every message its processor time and what it kept.
 */
import { createServer } from 'node:http';
import { importBuilt } from '../figures.mjs';

const [mode = 'bare', publicKey = ''] = process.argv.slice(2);
let kept = 0;

const port = mode === 'bare' ? await openBare() : await openIngest();
process.on('message', () => {
	const { user, system } = process.cpuUsage();
	process.send?.({ cpuSeconds: (user + system) / 1e6, kept });
});
process.on('disconnect', () => process.exit(0));
process.send?.({ port });

/** @returns {Promise<number>} */
async function openBare() {
	const server = createServer((request, response) => {
		/** @type {Buffer[]} */
		const chunks = [];
		request.on('data', (chunk) => chunks.push(chunk));
		request.on('end', () => {
			kept += Buffer.concat(chunks).length > 0 ? 1 : 0;
			response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': 2 }).end('{}');
		});
	});
	await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(null)));
	const address = server.address();
	return typeof address === 'object' && address !== null ? address.port : 0;
}

async function openIngest() {
	const { createIngest } = await importBuilt('@holdfast/engine/ingest');
	const unlimited = { perSecond: 1e9, burst: 1e9 };
	const service = {
		name: 'bench',
		publicKeys: [publicKey],
		origins: null,
		knownSecrets: [],
		drainSecrets: [],
		vercelDrain: null,
		releaseSecrets: [],
		vercelWebhookSecrets: [],
		quotas: { request: unlimited, error: unlimited },
	};
	const ignore = () => Promise.resolve();
	const store = {
		isReady: () => true,
		keepEnvelope: (/** @type {{ errors: readonly unknown[] }} */ { errors }) => {
			kept += errors.length;
			return Promise.resolve();
		},
		keepVitals: ignore,
		keepLines: ignore,
		keepRelease: ignore,
	};
	const ingest = createIngest({ ports: { services: { find: () => service }, store }, now: () => Date.now(), log: () => undefined });
	return (await ingest.listen(0)).port;
}
