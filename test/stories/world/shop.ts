import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const shopFolder = fileURLToPath(new URL('../../../examples/shop/', import.meta.url));

/** The example's build, which `npm run build` makes; a story says why it is skipped when it is missing. */
export const shopIsBuilt = existsSync(join(shopFolder, '.next/BUILD_ID'));
export const shopRunbook = join(shopFolder, 'RUNBOOK.md');

export interface RunningShop extends AsyncDisposable {
	readonly url: string;
	readonly log: () => string;
}

/** Starts the built example on a free port with data of its own. `env` is how stories break it: from outside, never by a switch in its code. */
export async function startShop(env: Readonly<Record<string, string>> = {}): Promise<RunningShop> {
	const data = await mkdtemp(join(tmpdir(), 'holdfast-shop-'));
	const child = spawn(process.execPath, ['scripts/start.mjs', '--port', String(20_000 + (process.pid % 20_000)), '--data', data], {
		cwd: shopFolder,
		env: { ...process.env, ...env },
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	let output = '';
	const url = await readUrl(child, (text) => {
		output += text;
	});
	return {
		url,
		log: () => output,
		async [Symbol.asyncDispose]() {
			const ended = new Promise((resolve) => child.once('exit', resolve));
			if (child.exitCode === null) {
				child.kill('SIGTERM');
				await ended;
			}
			await rm(data, { recursive: true, force: true });
		},
	};
}

async function readUrl(child: ChildProcess, keep: (text: string) => void): Promise<string> {
	return await new Promise((resolve, reject) => {
		let seen = '';
		const take = (text: string): void => {
			seen += text;
			keep(text);
			const found = /^Shop\s+(https?:\/\/\S+)/m.exec(seen)?.[1];
			if (found !== undefined) resolve(found);
		};
		child.stdout?.setEncoding('utf8').on('data', take);
		child.stderr?.setEncoding('utf8').on('data', take);
		child.once('error', reject);
		child.once('exit', (code) => reject(new Error(`the shop ended with code ${code} before it printed its URL:\n${seen}`)));
	});
}
