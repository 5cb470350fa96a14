import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { CommandFailed, runCommand, tryCommand } from '../../scripts/steps/run-command.mjs';

const folder = mkdtempSync(join(tmpdir(), 'holdfast-run-'));
const logFile = join(folder, 'deep', 'command.log');
const node = (code: string) => [process.execPath, '-e', code];

afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('keeps all output in the log and gives the end of it', async () => {
	const tail = await runCommand(node('for (let i = 1; i <= 50; i++) console.log(i)'), { logFile });
	expect(tail.split('\n')).toEqual(Array.from({ length: 20 }, (_, index) => String(index + 31)));
	expect(readFileSync(logFile, 'utf8').split('\n')).toHaveLength(51);
});

it('says how a command failed, the end of its output, and where the rest is', async () => {
	const failure = await runCommand(node('console.error("the disk is full"); process.exit(3)'), { logFile }).catch((error) => error);
	expect(failure).toBeInstanceOf(CommandFailed);
	expect(failure.message).toMatch(/ended with code 3\. The end of its output:\n\nthe disk is full\n\nAll of it: .*command\.log$/);
});

it('says that a program is not there', async () => {
	await expect(runCommand([join(folder, 'no-such-program')], { logFile })).rejects.toThrow('could not run (spawn');
});

it('answers with the signal that stopped a command', async () => {
	const end = await tryCommand(node('process.kill(process.pid, "SIGTERM"); setInterval(() => {}, 1000)'), { logFile });
	expect(end).toMatchObject({ code: null, how: 'was stopped by SIGTERM' });
});

it('does not use a shell', async () => {
	expect(await runCommand([...node('console.log(process.argv[1])'), '$HOME; echo two'], { logFile })).toBe('$HOME; echo two');
});

it('stops a command and what it started when the signal says so, and starts none after that', async () => {
	const stopping = new AbortController();
	const child = 'setInterval(() => {}, 1000); console.log(process.pid)';
	const parent = `require("node:child_process").spawn(process.execPath, ["-e", ${JSON.stringify(child)}], { stdio: "inherit" }); setInterval(() => {}, 1000);`;
	const running = tryCommand(node(parent), { logFile, signal: stopping.signal });
	await expect.poll(() => readFileSync(logFile, 'utf8')).toMatch(/^\d+\n$/);
	const grandchild = Number(readFileSync(logFile, 'utf8'));
	stopping.abort();
	expect((await running).how).toBe('was stopped by SIGTERM');
	expect(() => process.kill(grandchild, 0)).toThrow('ESRCH');
	await expect(runCommand(node('0'), { logFile, signal: stopping.signal })).rejects.toThrow('aborted');
});
