import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const bin = fileURLToPath(new URL('../bin/holdfast.js', import.meta.url));
const isBuilt = existsSync(new URL('../dist/main.js', import.meta.url));
let folder: string;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'holdfast-process-'));
	await writeFile(join(folder, 'RUNBOOK.md'), '# Bakery\n\n## Common Issues\n\n### Oven cold\n\n**Symptoms**:\n- Blank page\n');
});
afterAll(async () => {
	await rm(folder, { recursive: true });
});

interface Ended {
	readonly code: number | null;
	readonly out: string;
	readonly err: string;
}

function start(program: string, argv: readonly string[]) {
	const child = spawn(process.execPath, [program, ...argv], {
		cwd: folder,
		env: { PATH: process.env.PATH },
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	const texts = { out: '', err: '' };
	child.stdout.on('data', (chunk: Buffer) => {
		texts.out += chunk.toString();
	});
	child.stderr.on('data', (chunk: Buffer) => {
		texts.err += chunk.toString();
	});
	const ended = new Promise<Ended>((resolve) => child.on('close', (code) => resolve({ code, ...texts })));
	return { child, ended };
}

describe('the committed program', () => {
	it('says what to run when nothing is built yet', async () => {
		const copy = join(folder, 'apps/cli/bin');
		await mkdir(copy, { recursive: true });
		await writeFile(join(folder, 'package.json'), '{"type":"module"}');
		await cp(bin, join(copy, 'holdfast.js'));
		const { code, err } = await start(join(copy, 'holdfast.js'), ['diagnose']).ended;
		expect(code).toBe(2);
		expect(err).toMatch(/^holdfast is not built yet\. Run this once: {2}cd .* && npm install && npm run build\n$/);
	});
});

describe.skipIf(!isBuilt)('a real process (needs npm run build)', () => {
	it('prints its version', async () => {
		expect(await start(bin, ['--version']).ended).toEqual({ code: 0, out: '0.1.0\n', err: '' });
	});

	it('writes data to a pipe whole and leaves with the exit code', async () => {
		const { code, out } = await start(bin, ['runbook', 'show', 'RUNBOOK.md', '--json']).ended;
		expect(code).toBe(0);
		expect(JSON.parse(out)).toMatchObject({ title: 'Bakery', issues: [{ title: 'Oven cold' }] });
	});

	it.skipIf(!existsSync('/dev/full'))('says in one sentence that its output cannot be written', async () => {
		const full = openSync('/dev/full', 'w');
		const child = spawn(process.execPath, [bin, 'runbook', 'show', 'RUNBOOK.md'], { cwd: folder, stdio: ['ignore', full, 'pipe'] });
		let err = '';
		child.stderr?.on('data', (chunk: Buffer) => {
			err += chunk.toString();
		});
		const code = await new Promise((resolve) => child.on('close', resolve));
		closeSync(full);
		expect({ code, err }).toEqual({ code: 5, err: 'The answer could not be written to the output: ENOSPC.\n' });
	});

	it('answers Ctrl-C while a service hangs: exit 130, no stack', async () => {
		let isAsked: () => void = () => undefined;
		const asked = new Promise<void>((resolve) => {
			isAsked = resolve;
		});
		const server = createServer(() => isAsked()).listen(0, '127.0.0.1');
		await new Promise((resolve) => server.once('listening', resolve));
		const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
		const { child, ended } = start(bin, ['check', 'http.health', '--url', url]);
		await asked;
		child.kill('SIGINT');
		const { code, err } = await ended;
		server.closeAllConnections();
		server.close();
		expect(code).toBe(130);
		expect(err).not.toMatch(/^\s+at /m);
	});
});
