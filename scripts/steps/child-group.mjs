import { spawn } from 'node:child_process';

const GRACE_MS = 5_000;
const LOOK_AGAIN_MS = 50;

/**
 * Starts a program as the leader of a process group of its own, so that it and whatever it starts can be stopped together.
 *
 * @param {string[]} argv
 * @param {import('node:child_process').SpawnOptions} options
 */
export function startGroup(argv, options) {
	const [program, ...args] = argv;
	if (program === undefined) throw new TypeError('expected a program to start, got an empty list');
	return spawn(program, args, { ...options, detached: true });
}

/**
 * Stops a whole group: asks with SIGTERM, waits, then kills what is left. Returns when no process of the group is alive.
 *
 * @param {number | undefined} leader Process id of the leader; undefined (it never started) is nothing to do.
 * @param {number} [graceMs] Milliseconds between asking and killing.
 */
export async function stopGroup(leader, graceMs = GRACE_MS) {
	if (leader === undefined || !signalGroup(leader, 'SIGTERM')) return;
	const deadline = performance.now() + graceMs;
	while (signalGroup(leader, 0)) {
		if (performance.now() > deadline) signalGroup(leader, 'SIGKILL');
		await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
	}
}

/**
 * @param {number} leader
 * @param {NodeJS.Signals | 0} signal
 * @returns {boolean} False when the group has no process left.
 */
export function signalGroup(leader, signal) {
	try {
		process.kill(-leader, signal);
		return true;
	} catch (error) {
		if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return false;
		throw error;
	}
}
