/**
 * `npm run dev`: the packages and the CLI compiled on every change, and the example shop in Next.js' development mode.
 * Ctrl-C stops both.
 */
import { join } from 'node:path';
import { startGroup, stopGroup } from './steps/child-group.mjs';
import { ensureInstalled } from './steps/installation.mjs';
import { requireNode } from './steps/node-version.mjs';
import { createProgress } from './steps/progress.mjs';
import { root } from './steps/root.mjs';
import { runCommand } from './steps/run-command.mjs';
import { tool } from './steps/verify-steps.mjs';

requireNode();
const progress = createProgress();
const logs = join(root, '.holdfast', 'logs');

await ensureInstalled(progress, join(logs, 'install.log'));
// Once before watching: the shop can't start before the kit is built.
await progress.step('Build the packages and the CLI', () =>
	runCommand([tool('tsc'), '-b', 'apps/cli', '--pretty', 'false'], { logFile: join(logs, 'build.log') }),
);

/** @type {import('node:child_process').SpawnOptions} */
const inherited = { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1' } };
const children = [
	startGroup([tool('tsc'), '-b', 'apps/cli', '--watch', '--preserveWatchOutput'], inherited),
	startGroup(['npm', 'run', 'dev', '-w', '@holdfast/example-shop'], inherited),
];
const ends = children.map((child) => new Promise((resolve) => child.on('exit', (code) => resolve(code ?? 1))));
const interrupted = new Promise((resolve) => {
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => resolve(0));
});
process.exitCode = await Promise.race([interrupted, ...ends]);
await Promise.all(children.map((child) => stopGroup(child.pid)));
