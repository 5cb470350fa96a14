import { once } from 'node:events';
import { expect, it } from 'vitest';
import { signalGroup, startGroup, stopGroup } from '../../scripts/steps/child-group.mjs';

/** A program that starts another one, and says so when both run. `deaf` ones ignore SIGTERM. */
function parentOfOne(deaf: boolean): string {
	const ignore = deaf ? 'process.on("SIGTERM", () => {});' : '';
	const child = `${ignore} console.log("ready"); setInterval(() => {}, 1000);`;
	return `${ignore} require("node:child_process").spawn(process.execPath, ["-e", ${JSON.stringify(child)}], { stdio: "inherit" }); setInterval(() => {}, 1000);`;
}

it.each([
	['that listen', false, 5_000],
	['that ignore the request', true, 100],
])('stops a program and what it started, also ones %s', async (_, deaf, graceMs) => {
	const child = startGroup([process.execPath, '-e', parentOfOne(deaf)], { stdio: ['ignore', 'pipe', 'inherit'] });
	const { pid, stdout } = child;
	if (pid === undefined || !stdout) throw new Error('the program did not start');
	await once(stdout, 'data');
	expect(signalGroup(pid, 0)).toBe(true);
	await stopGroup(pid, graceMs);
	expect(signalGroup(pid, 0)).toBe(false);
});

it('has nothing to stop when nothing started', async () => {
	await expect(stopGroup(undefined)).resolves.toBeUndefined();
});
