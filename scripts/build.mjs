/**
 * `npm run build`: the packages, the CLI and the example shop. With ANALYZE=true the shop's build ends with a report of what its
 * pages make a browser load (terminal table and a file).
 */
import { spawnSync } from 'node:child_process';
import { requireNode } from './steps/node-version.mjs';
import { createProgress } from './steps/progress.mjs';
import { root } from './steps/root.mjs';
import { tool } from './steps/verify-steps.mjs';

requireNode();
const progress = createProgress();

await progress.step('Build the packages and the CLI', async () => run(tool('tsc'), ['-b', 'apps/cli']));
await progress.step('Build the example shop', async () => run('npm', ['run', 'build', '-w', '@holdfast/example-shop']));

/**
 * @param {string} program
 * @param {string[]} args
 */
function run(program, args) {
	const { status, error } = spawnSync(program, args, {
		cwd: root,
		stdio: 'inherit',
		env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1' },
	});
	if (error) console.error(`\`${program}\` could not run (${error.message}). Run \`npm ci\` first.`);
	if (status !== 0) process.exit(status ?? 1);
}
