// Builds the shop. With ANALYZE=true also measures what it ships and writes a report.
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { writeBundleReport } from './bundle-report.mjs';

const shop = path.resolve(import.meta.dirname, '..');
const workspace = path.resolve(shop, '../..');
const require = createRequire(import.meta.url);
const environment = { ...process.env, NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'production' };

/** Runs a script of a package with this Node and passes its output on. Ends the build with its exit code when it fails. */
async function run(title, script, args, cwd) {
	const code = await new Promise((resolve, reject) => {
		const child = spawn(process.execPath, [script, ...args], { cwd, env: environment, stdio: 'inherit' });
		child.on('error', reject);
		child.on('close', (status, signal) => resolve(signal === null ? status : 1));
	});
	if (code !== 0) {
		console.error(`build: ${title} failed with exit code ${code}; its own message stands above.`);
		process.exit(code ?? 1);
	}
}

const next = require.resolve('next/dist/bin/next');
const compiler = path.join(path.dirname(require.resolve('typescript/package.json')), 'bin/tsc');

await run('compiling the kit', compiler, ['-b', 'packages/kit'], workspace);
await run('next build', next, ['build'], shop);
if (process.env.ANALYZE === 'true') {
	await run('next analyze', next, ['analyze', '--output'], shop);
	await writeBundleReport(path.join(shop, '.next'));
}
