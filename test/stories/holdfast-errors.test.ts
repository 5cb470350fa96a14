import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, vi } from 'vitest';
import { holdfast } from './world/holdfast.ts';
import { startUp, startWatchedApp } from './world/watched-app.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const isBuilt = existsSync(new URL('../../apps/cli/dist/main.js', import.meta.url));
const eventually = (check: () => void | Promise<void>) => vi.waitFor(check, { timeout: 45_000, interval: 100 });

const KEY = '0123456789abcdef0123456789abcdef';

async function findPort(): Promise<number> {
	const server = createServer().listen(0, '127.0.0.1');
	await new Promise((resolve) => server.once('listening', resolve));
	// A server that listens on a port has an address of this form.
	const { port } = server.address() as AddressInfo;
	await new Promise((resolve) => server.close(resolve));
	return port;
}

/** An application in a process of its own, with the official SDK. @returns once the SDK says that all of it is sent */
async function report(dsn: string, release: string): Promise<void> {
	const program = `
		import * as Sentry from '@sentry/node';
		Sentry.init({ dsn: process.env.DSN, release: process.env.RELEASE, environment: 'production' });
		Sentry.setUser({ id: 'ada' });
		function haulTheWinch() { throw new RangeError('the winch is stuck'); }
		try { haulTheWinch(); } catch (error) { Sentry.captureException(error); }
		process.exit((await Sentry.flush(10000)) ? 0 : 1);
	`;
	const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
		cwd: root,
		env: { ...process.env, DSN: dsn, RELEASE: release },
		stdio: ['ignore', 'inherit', 'inherit'],
	});
	expect(await new Promise((resolve) => child.once('exit', resolve))).toBe(0);
}

describe.skipIf(!isBuilt)('errors of an application (skipped: the command line is not built, npm run build)', () => {
	it('@sentry/node reports into holdfast up: listed with stack, release and count; resolved, and back again', {
		timeout: 120_000,
	}, async () => {
		await using app = await startWatchedApp(1);
		const port = await findPort();
		const file = join(app.folder, 'holdfast.yaml');
		const yaml = (await readFile(file, 'utf8')).replace(
			'private: true,',
			`private: true, sentry: builtin, ingest: {project: '7', keys: [${KEY}]},`,
		);
		await writeFile(file, yaml);
		await appendFile(file, `ingest: {port: ${port}}\n`);
		const dsn = `http://${KEY}@127.0.0.1:${port}/7`;
		const cli = async (...words: readonly string[]) => {
			const { code, stdout } = await holdfast([...words, '--json'], { cwd: app.folder });
			expect(code).toBe(0);
			return JSON.parse(stdout);
		};
		const up = startUp(app.folder);
		try {
			await eventually(() => expect(up.words()).toContain('Holdfast watches'));
			expect(up.words()).toContain(`Taking what applications send on http://127.0.0.1:${port}`);

			await report(dsn, 'bakery@1.0.0');
			const { errors } = await cli('errors');
			expect(errors).toMatchObject([
				{
					title: 'RangeError: the winch is stuck',
					state: 'open',
					count: 1,
					users: 1,
					firstRelease: 'bakery@1.0.0',
					lastRelease: 'bakery@1.0.0',
				},
			]);
			const id = String(errors[0].id);
			const shown = await cli('errors', 'show', id);
			expect(shown.event.causes[0].frames.at(-1)).toMatchObject({ function: 'haulTheWinch' });
			const words = await holdfast(['errors', 'show', id], { cwd: app.folder });
			expect(words.stdout).toMatch(/haulTheWinch/);

			await report(dsn, 'bakery@1.0.0');
			expect((await cli('errors')).errors).toMatchObject([{ count: 2, users: 1 }]);
			const check = await holdfast(['check', 'sentry.errors', '--json'], { cwd: app.folder });
			expect(check.code).toBe(1);
			expect(check.stdout).toContain('the winch is stuck');

			expect(await cli('errors', 'resolve', id)).toMatchObject({ state: 'resolved' });
			expect((await cli('errors')).errors).toEqual([]);
			await report(dsn, 'bakery@1.0.1');
			expect((await cli('errors')).errors).toMatchObject([{ state: 'open', count: 3, regressions: 1, lastRelease: 'bakery@1.0.1' }]);
			expect((await cli('releases')).releases.map(({ version }: { version: string }) => version)).toEqual(['bakery@1.0.1', 'bakery@1.0.0']);
			expect(await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()).toContain(
				'holdfast_ingest_items_total{service="bakery",kind="event",outcome="stored"} 3',
			);

			up.child.kill('SIGTERM');
			expect(await up.ended).toBe(0);
		} finally {
			up.child.kill('SIGKILL');
		}
	});
});
