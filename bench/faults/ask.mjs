/** Asks the built command line for a diagnosis, as a person would. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const bin = fileURLToPath(new URL('../../apps/cli/bin/holdfast.js', import.meta.url));

/**
 * @param {{ config: string, env: Readonly<Record<string, string | undefined>>, arguments?: readonly string[] }} question
 * @returns {Promise<{ told: import('./grade.mjs').Told & { observations: readonly any[] }, code: number | null, seconds: number }>}
 * @throws {Error} When no diagnosis came; with what was said instead.
 */
export async function askDiagnosis({ config, env, arguments: more = [] }) {
	const startedAt = performance.now();
	const child = spawn(process.execPath, [bin, 'diagnose', '--config', config, '--json', ...more], {
		// Nothing of what the benchmark knows: only what a shell of a person has.
		env: { ...Object.fromEntries(['PATH', 'HOME', 'LANG', 'TMPDIR'].map((name) => [name, process.env[name]])), ...env },
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	let out = '';
	let words = '';
	child.stdout.setEncoding('utf8').on('data', (text) => (out += text));
	child.stderr.setEncoding('utf8').on('data', (text) => (words += text));
	const code = await new Promise((resolve, reject) => {
		child.once('error', reject);
		child.once('close', resolve);
	});
	const seconds = (performance.now() - startedAt) / 1000;
	if (code !== 0 && code !== 1 && code !== 3)
		throw new Error(`no diagnosis was made: exit code ${code}\n${words.slice(-2000)}${out.slice(-500)}`);
	return { told: JSON.parse(out).diagnosis, code, seconds };
}
