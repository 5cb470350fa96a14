import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { renderBundlePage } from './bundle-page.mjs';
import { packageOf } from './bundle-report.mjs';
import { listenOnFreePort } from './listen-on-free-port.mjs';
import { completeSecrets, secretNames } from './world/complete-secrets.mjs';

describe('completeSecrets', () => {
	let folder = '';
	beforeEach(async () => {
		folder = path.join(await mkdtemp(path.join(tmpdir(), 'shop-start-')), 'data');
	});
	afterEach(() => rm(path.dirname(folder), { recursive: true, force: true }));

	it('makes what is missing, keeps it for the next start, and lets nobody else read it', async () => {
		const first: Record<string, string> = {};
		const { file, made } = await completeSecrets(folder, first);
		expect(made).toEqual(new Set(secretNames));
		expect(first.SESSION_SECRET?.length).toBeGreaterThanOrEqual(32);
		expect((await stat(file)).mode & 0o777).toBe(0o600);
		const second: Record<string, string> = {};
		expect((await completeSecrets(folder, second)).made.size).toBe(0);
		expect(second).toEqual(first);
	});

	it('leaves alone what the environment says, even when that is nothing', async () => {
		const environment: Record<string, string> = { SESSION_SECRET: 'short', CSRF_SECRET: '' };
		const { file } = await completeSecrets(folder, environment);
		expect(environment).toMatchObject({ SESSION_SECRET: 'short', CSRF_SECRET: '' });
		expect(await readFile(file, 'utf8')).not.toMatch(/SESSION_SECRET|CSRF_SECRET/);
	});

	it('makes folders on the way, and ends with a reason where none can be made', async () => {
		await completeSecrets(path.join(folder, 'a/b'), {});
		await writeFile(path.join(path.dirname(folder), 'file'), '');
		await expect(completeSecrets(path.join(path.dirname(folder), 'file/x'), {})).rejects.toThrow(/ENOTDIR/);
	});

	it('keeps further lines of the file', async () => {
		await completeSecrets(folder, {});
		const file = path.join(folder, 'secrets.env');
		await writeFile(file, `APP_NOTE="mine"\n${(await readFile(file, 'utf8')).replace(/^HOLDFAST_TOKEN.*\n/m, '')}`);
		await completeSecrets(folder, {});
		expect(await readFile(file, 'utf8')).toMatch(/APP_NOTE="mine"[\s\S]*HOLDFAST_TOKEN=/);
	});
});

describe('listenOnFreePort', () => {
	it('takes the next port when the first is taken', async () => {
		const [first, second] = [createServer(), createServer()];
		const taken: number = await listenOnFreePort(first, 0, '127.0.0.1');
		const next: number = await listenOnFreePort(second, taken, '127.0.0.1');
		expect(next).toBeGreaterThan(taken);
		first.close();
		second.close();
	});

	it('says why it cannot listen', async () => {
		await expect(listenOnFreePort(createServer(), 3000, '203.0.113.1')).rejects.toThrow(/cannot listen on 203\.0\.113\.1:3000: E/);
	});
});

describe('bundle report', () => {
	it.each([
		['node_modules/next/dist/client/x.js', 'next'],
		['node_modules/@swc/helpers/esm/x.js', '@swc/helpers'],
		['node_modules/next/node_modules/postcss/x.js', 'postcss'],
		['examples/shop/src/components/quantity-field.tsx', 'the shop itself'],
		['packages/kit/dist/env.js', 'packages/kit'],
		['[turbopack]/runtime.ts', 'the bundler'],
	])('counts %s for %s', (source, name) => {
		expect(packageOf(source)).toBe(name);
	});

	it('shows routes and parts, escaped', () => {
		const html: string = renderBundlePage({
			routes: [
				{
					route: '/<x>',
					firstLoad: { size: 2000, compressed: 1000, files: 2 },
					client: { size: 1, compressed: 1 },
					server: { size: 1, compressed: 1 },
				},
			],
			packages: [{ name: 'next', size: 3000, compressed: 1500 }],
			parts: [{ source: 'a.js', size: 10, compressed: 5 }],
		});
		expect(html).toContain('/&lt;x&gt;');
		expect(html).toContain('1.0 kB');
		expect(html).not.toContain('<x>');
	});
});
