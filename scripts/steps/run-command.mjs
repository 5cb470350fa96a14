import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import { dirname, relative } from 'node:path';
import { finished } from 'node:stream/promises';
import { startGroup, stopGroup } from './child-group.mjs';
import { root } from './root.mjs';

const TAIL_LINES = 20;
/** Enough for the last lines of any build log, whatever the log's length. */
const TAIL_CHARS = 64 * 1024;

/** Output goes to a file: no colours, and no word to anybody outside from the tools that would have one. */
const QUIET = { NO_COLOR: '1', NEXT_TELEMETRY_DISABLED: '1' };

/** A command that ended badly. The message holds the end of its output and the place of the rest. */
export class CommandFailed extends Error {
	/**
	 * @param {string} command
	 * @param {string} how
	 * @param {string} tail
	 * @param {string} logFile
	 */
	constructor(command, how, tail, logFile) {
		super(`\`${command}\` ${how}. The end of its output:\n\n${tail}\n\nAll of it: ${relative(root, logFile)}`);
		this.name = 'CommandFailed';
	}
}

/**
 * Runs a command with its output in a log file and throws when it does not end well.
 *
 * @param {string[]} argv Program and arguments; no shell is involved.
 * @param {{ logFile: string, cwd?: string, env?: NodeJS.ProcessEnv, signal?: AbortSignal | undefined }} options
 * @returns {Promise<string>} The end of its output.
 * @throws {CommandFailed} When it cannot be started, ends with another code than 0, or is killed.
 */
export async function runCommand(argv, { logFile, cwd = root, env = process.env, signal }) {
	const result = await tryCommand(argv, { logFile, cwd, env, signal });
	if (result.code !== 0) throw new CommandFailed(argv.join(' '), result.how, result.tail, logFile);
	return result.tail;
}

/**
 * As `runCommand`, but a bad end is an answer: `code` is null when the command was killed or could not be started.
 *
 * With a signal the command leads a process group of its own, so that an abort also stops what it started (npm starts the real work),
 * and the answer comes when all of them are gone; one that is aborted already throws its reason. Without one it stays in our group, where Ctrl-C reaches it by itself.
 *
 * @param {string[]} argv
 * @param {{ logFile: string, cwd?: string, env?: NodeJS.ProcessEnv, signal?: AbortSignal | undefined }} options
 * @returns {Promise<{ code: number | null, how: string, tail: string, output: string }>} `tail` is its last 20 lines, `output` its last 64 KB.
 */
export async function tryCommand(argv, { logFile, cwd = root, env = process.env, signal }) {
	const [program, ...args] = argv;
	if (program === undefined) throw new TypeError('expected a program to run, got an empty list');
	signal?.throwIfAborted();
	mkdirSync(dirname(logFile), { recursive: true, mode: 0o700 });
	const log = createWriteStream(logFile, { mode: 0o600 });
	let tail = '';
	/** @param {Buffer} chunk */
	const keep = (chunk) => {
		log.write(chunk);
		tail = (tail + chunk.toString('utf8')).slice(-TAIL_CHARS);
	};
	/** @type {import('node:child_process').SpawnOptionsWithStdioTuple<'ignore', 'pipe', 'pipe'>} */
	const options = { cwd, env: { ...env, ...QUIET }, stdio: ['ignore', 'pipe', 'pipe'] };
	const child = signal ? startGroup(argv, options) : spawn(program, args, options);
	child.stdout?.on('data', keep);
	child.stderr?.on('data', keep);
	/** @type {Promise<void> | undefined} */
	let stopping;
	const stop = () => {
		stopping = stopGroup(child.pid);
	};
	signal?.addEventListener('abort', stop, { once: true });
	/** @type {{ code: number | null, how: string }} */
	const end = await new Promise((resolve) => {
		child.on('error', (error) => resolve({ code: null, how: `could not run (${error.message})` }));
		child.on('close', (code, killedBy) => resolve({ code, how: killedBy ? `was stopped by ${killedBy}` : `ended with code ${code}` }));
	});
	signal?.removeEventListener('abort', stop);
	await stopping;
	log.end();
	await finished(log);
	return { ...end, tail: lastLines(tail), output: tail };
}

/** @param {string} text */
function lastLines(text) {
	return text.trimEnd().split('\n').slice(-TAIL_LINES).join('\n');
}
