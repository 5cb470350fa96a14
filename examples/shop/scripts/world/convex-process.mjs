// Runs convex-local as a process of the world: settings come in the environment, `{ready: true}` goes out when it answers.
import path from 'node:path';
import { startConvexLocal } from '../../convex-local/main.mjs';

const { CONVEX_PORT, CONVEX_SITE_PORT, CONVEX_DATA_DIR, CONVEX_ADMIN_KEY = '', CONVEX_FUNCTIONS_DIR } = process.env;
const shop = path.resolve(import.meta.dirname, '../..');
const deployment = await startConvexLocal({
	port: Number(CONVEX_PORT),
	sitePort: Number(CONVEX_SITE_PORT),
	...(CONVEX_DATA_DIR === undefined ? {} : { dataDir: CONVEX_DATA_DIR }),
	adminKey: CONVEX_ADMIN_KEY.trim(),
	functionsDir: CONVEX_FUNCTIONS_DIR ?? path.join(shop, 'convex'),
	log: (line) => console.log(JSON.stringify(line)),
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
