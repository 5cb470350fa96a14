// Runs convex-local as a process of the world: settings come in the environment, `{ready: true}` goes out when it answers.
import path from 'node:path';

const { CONVEX_PORT, CONVEX_SITE_PORT, CONVEX_DATA_DIR, CONVEX_ADMIN_KEY = '', CONVEX_FUNCTIONS_DIR } = process.env;
const shop = path.resolve(import.meta.dirname, '../..');
/** @type {{ startConvexLocal: (options: object) => Promise<{ stop: () => Promise<void> }> }} */
const { startConvexLocal } = await import(new URL('../../convex-local/main.mjs', import.meta.url).href);
const deployment = await startConvexLocal({
	port: Number(CONVEX_PORT),
	sitePort: Number(CONVEX_SITE_PORT),
	dataDir: CONVEX_DATA_DIR,
	adminKey: CONVEX_ADMIN_KEY.trim(),
	functionsDir: CONVEX_FUNCTIONS_DIR ?? path.join(shop, 'convex'),
	log: (/** @type {unknown} */ line) => console.log(typeof line === 'string' ? line : JSON.stringify(line)),
});

let stopping = false;
for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => void stop());
process.on('disconnect', () => void stop());
process.send?.({ ready: true });

/** Writes what is not written yet and ends with exit code 0. */
async function stop() {
	if (stopping) return;
	stopping = true;
	await deployment.stop();
	process.exit(0);
}
