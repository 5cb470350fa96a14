import { type ChildProcess, spawn } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { root } from '../house/list-files.ts';
import { findFreePort } from './world/proxy.ts';
import { shopIsBuilt } from './world/shop.ts';

const SECRET = 'k3Qz81xT';
const isWindows = process.platform === 'win32';

interface Start {
	readonly child: ChildProcess;
	/** All that was printed until now, both streams. */
	readonly printed: () => string;
	readonly ended: Promise<number | null>;
}

describe.skipIf(!shopIsBuilt || isWindows)('npm start (skipped: examples/shop is not built, npm run build, or no POSIX signals)', () => {
	let folder = '';
	beforeEach(async () => {
		folder = await mkdtemp(join(tmpdir(), 'holdfast-start-'));
		// Started by root, the database runs as somebody who has to pass.
		await chmod(folder, 0o755);
	});
	afterEach(() => rm(folder, { recursive: true, force: true }));

	async function start(args: readonly string[], env: Readonly<Record<string, string>>): Promise<Start> {
		const argv = ['scripts/start.mjs', '--no-build', ...args];
		const port = String(await findFreePort());
		const child = spawn(process.execPath, argv, {
			cwd: root,
			env: { ...process.env, DATABASE_URL: '', NO_COLOR: '1', PORT: port, ...env },
		});
		let printed = '';
		for (const stream of [child.stdout, child.stderr])
			stream.setEncoding('utf8').on('data', (text: string) => {
				printed += text;
			});
		const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
		return { child, printed: () => printed, ended };
	}

	/** What the runbook's author would want read to them on the phone. */
	function expectDiagnosis(words: string): void {
		const text = words.replaceAll(/\s+/g, ' ');
		expect(text).toContain('The shop answers and is not well:');
		expect(text).toContain('SESSION_SECRET is 8 characters long; at least 32 are needed');
		expect(text).toMatch(/The session secret is missing, too short, or was changed \(\S*RUNBOOK\.md:\d+\)/);
		expect(text).toMatch(/RUNBOOK\.md:\d+ Look at the session secret → set SESSION_SECRET to a random value of 32 characters or more/);
		expect(text).not.toContain(SECRET);
	}

	it('diagnoses a shop with a short session secret, and ends with the code of the diagnosis', async () => {
		const { printed, ended } = await start(['--once', '--data', join(folder, 'data')], { SESSION_SECRET: SECRET });
		expect(await ended).toBe(1);
		expectDiagnosis(printed());
		expect(printed()).toContain('the shop is stopped');
		const logs = join(folder, 'data/logs');
		for (const name of await readdir(logs)) expect(await readFile(join(logs, name), 'utf8')).not.toContain(SECRET);
		for (const name of ['shop.log', 'convex.log']) expect(await readFile(join(folder, 'data', name), 'utf8')).not.toContain(SECRET);
	});

	it('keeps a shop running that is not well, after its diagnosis, until it is asked to end', async () => {
		const { child, printed, ended } = await start(['--data', join(folder, 'data')], { SESSION_SECRET: SECRET });
		await expect.poll(printed, { timeout: 100_000, interval: 100 }).toContain('Ctrl-C stops everything.');
		expectDiagnosis(printed());
		const url = /^Shop\s+(\S+)$/m.exec(printed())?.[1] ?? '';
		expect((await fetch(`${url}/api/health`)).status).toBe(503);
		child.kill('SIGTERM');
		expect(await ended).toBe(0);
		await expect(fetch(`${url}/api/health`)).rejects.toThrow();
	});

	it('says that a process ended, and shows its last words in place of a diagnosis', async () => {
		// A folder where its file of secrets should be.
		await mkdir(join(folder, 'data/secrets.env'), { recursive: true });
		const { printed, ended } = await start(['--once', '--data', join(folder, 'data')], {});
		expect(await ended).toBe(1);
		expect(printed()).toMatch(/The shop ended \(code 2\)\.[\s\S]*cannot be used: EISDIR/);
		expect(printed()).not.toContain('Asking the runbook');
	});
});
