import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readText, root } from '../house/list-files.ts';

let folder = '';
/** A copy of the scripts takes the folder that it stands in for the checkout. */
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'holdfast-scripts-'));
	cpSync(join(root, 'scripts'), join(folder, 'scripts'), { recursive: true });
	writeFileSync(join(folder, 'package.json'), '{"type":"module"}\n');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('npm test', () => {
	it('counts what stops it as one failure, on the last line', () => {
		const { stdout, stderr, status } = spawnSync(process.execPath, ['scripts/test.mjs'], { cwd: folder, encoding: 'utf8' });
		expect(stdout.trimEnd().split('\n').at(-1)).toBe('0 passed, 1 failed, 0 skipped');
		expect(stderr).toContain('package-lock.json is missing');
		expect(status).toBe(1);
	});

	it('never takes a project without tests for a good one', () => {
		expect(readText('scripts/test.mjs')).not.toContain('passWithNoTests');
	});
});

describe.skipIf(process.platform === 'win32')('npm start (skipped: needs POSIX signals)', () => {
	it('ends at once when it is asked to while packages are being installed, and takes npm along', async () => {
		writeFileSync(join(folder, 'package-lock.json'), '{"packages":{"node_modules/zod":{"version":"1.0.0"}}}\n');
		mkdirSync(join(folder, 'bin'));
		writeFileSync(join(folder, 'bin/npm'), `#!/bin/sh\nsleep 60 &\necho $! > ${join(folder, 'pid')}\nwait\n`);
		chmodSync(join(folder, 'bin/npm'), 0o755);
		const env = { ...process.env, PATH: `${join(folder, 'bin')}${delimiter}${process.env.PATH}` };
		const started = spawn(process.execPath, ['scripts/start.mjs'], { cwd: folder, env, stdio: 'ignore' });
		const code = new Promise((resolve) => started.once('exit', resolve));
		const pidFile = join(folder, 'pid');
		await expect.poll(() => existsSync(pidFile) && readFileSync(pidFile, 'utf8'), { timeout: 10_000 }).toMatch(/^\d+\n$/);
		started.kill('SIGTERM');
		expect(await code).toBe(130);
		expect(() => process.kill(Number(readFileSync(pidFile, 'utf8')), 0)).toThrow('ESRCH');
	});
});
