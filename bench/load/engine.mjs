/**
 * What `holdfast up` runs, in a process of its own, with one channel that hands everything to the bench. Without arguments: the folder it
 * is started in holds the configuration.
 */
import { writeFile } from 'node:fs/promises';
import { Session } from 'node:inspector/promises';
import { importBuilt } from '../figures.mjs';

const [{ createLocalContext }, { startUp }] = await Promise.all([
	importBuilt('@holdfast/engine/local'),
	importBuilt('@holdfast/engine/up'),
]);
const tell = (/** @type {object} */ message) => {
	if (process.connected) process.send?.(message);
};
const ctx = createLocalContext({ directory: process.cwd(), environment: process.env, signal: new AbortController().signal });
const running = await startUp(ctx, {
	say: (/** @type {string} */ sentence) => tell({ kind: 'say', sentence }),
	log: (/** @type {object} */ event) => tell({ kind: 'log', event }),
	channels: {
		names: ['bench'],
		send: async (/** @type {string} */ channel, /** @type {object} */ message) => {
			tell({ kind: 'told', channel, message, at: Date.now() });
			return { kind: 'delivered', reason: 'the bench has it' };
		},
	},
});
const session = new Session();
/** @param {{ kind: string, file?: string }} message */
async function answer({ kind, file }) {
	if (kind === 'profile') {
		session.connect();
		await session.post('Profiler.enable');
		return await session.post('Profiler.start');
	}
	if (kind === 'profiled' && file !== undefined)
		return await writeFile(file, JSON.stringify((await session.post('Profiler.stop')).profile));
	if (kind === 'stats') return tell({ kind: 'stats', stats: running.stats(), memory: process.memoryUsage() });
	await running.stop();
	process.exit(0);
}
process.on('message', (/** @type {any} */ message) => void answer(message));
process.on('disconnect', () => process.exit(1));
tell({ kind: 'ready' });
// While every connection is at rest.
setInterval(() => undefined, 60_000);
