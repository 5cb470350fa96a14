/**
 * Proves the README from a fresh clone: clones what is committed into a temporary folder, runs commands there one after the other, and
 * prints how long each took.
 *
 *   node scripts/fresh-clone.mjs [--keep] [--beside FOLDER] 'npm ci' 'npx holdfast --version' 'npm test'
 *
 * Each command is one argument and goes to bash as it stands. `--beside FOLDER` puts a link of that name beside the clone (the tests look
 * for ../shared). The clone is removed at the end unless `--keep` is given. Ends with the code of the first command that fails.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { formatSeconds } from './steps/progress.mjs';
import { root } from './steps/root.mjs';

const { values, positionals: commands } = parseArgs({
	allowPositionals: true,
	options: { keep: { type: 'boolean', default: false }, beside: { type: 'string', multiple: true, default: [] } },
});
if (commands.length === 0) {
	console.error("Nothing to run. Expected commands, for example: node scripts/fresh-clone.mjs 'npm ci' 'npm test'");
	process.exit(2);
}

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'holdfast-clone-')));
const clone = join(folder, 'holdfast');
let code = 0;
/** @type {string[]} */
const table = [];
try {
	code = timed(`git clone ${basename(root)}`, 'git', ['clone', '--quiet', '--no-hardlinks', root, clone], folder);
	for (const beside of values.beside) symlinkSync(resolve(beside), join(folder, basename(resolve(beside))));
	for (const command of commands) {
		if (code !== 0) break;
		code = timed(command, 'bash', ['-c', command], clone);
	}
} finally {
	if (values.keep) console.log(`kept: ${clone}`);
	else rmSync(folder, { recursive: true, force: true });
}
console.log(`\n${table.join('\n')}`);
process.exitCode = code;

/**
 * @param {string} title
 * @param {string} program
 * @param {string[]} args
 * @param {string} cwd
 * @returns {number} Exit code.
 */
function timed(title, program, args, cwd) {
	console.log(`\n$ ${title}`);
	const startedAt = performance.now();
	const { status, error } = spawnSync(program, args, { cwd, stdio: 'inherit' });
	if (error) console.error(`${program}: ${error.message}`);
	const result = status ?? 1;
	table.push(`${formatSeconds(performance.now() - startedAt).padStart(12)}  code ${result}  ${title}`);
	return result;
}
