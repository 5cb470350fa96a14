/**
 * Runs after `npm ci`: builds the packages and the CLI, so that `npx holdfast` works straight away. Not the example shop, which takes longer.
 *
 * Without the compiler (`--omit=dev`) there is nothing to do: the CLI's shim says what to run.
 * A build that fails makes `npm ci` fail, because a clone that does not build should say so. During `npm install` (someone adds a
 * dependency in the middle of an edit) it is only said.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './steps/root.mjs';

const SHOWN_LINES = 20;
const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');

if (!existsSync(compiler)) {
	console.error('The packages are not built: the compiler is not installed (--omit=dev). `npm ci && npm run build` builds them.');
} else if (existsSync(join(root, 'apps', 'cli', 'tsconfig.json'))) {
	const { status, stdout, error } = spawnSync(process.execPath, [compiler, '-b', 'apps/cli', '--pretty', 'false'], {
		cwd: root,
		encoding: 'utf8',
	});
	if (status !== 0) {
		const lines = (stdout || error?.message || '').trimEnd().split('\n');
		console.error(lines.slice(0, SHOWN_LINES).join('\n'));
		if (lines.length > SHOWN_LINES) console.error(`and ${lines.length - SHOWN_LINES} more lines`);
		console.error(
			'The packages are installed but do not build, so `npx holdfast` does not work yet. `npm run typecheck` shows everything.',
		);
		if (process.env.npm_command === 'ci') process.exitCode = 1;
	}
}
