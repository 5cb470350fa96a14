import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { describeProviderContract } from '../contract-suite.ts';
import { createNodeFetch } from '../http/create-node-fetch.ts';
import { createPackagesPort } from './index.ts';

const never = new AbortController().signal;
const port = createPackagesPort({ fetch: createNodeFetch(), tick: () => performance.now(), timeoutMs: 2000 });
const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
	for (const cleanup of cleanups.splice(0)) await cleanup();
});

async function folderWith(files: Readonly<Record<string, unknown>>): Promise<string> {
	const folder = await mkdtemp(join(tmpdir(), 'holdfast-lock-'));
	cleanups.push(() => rm(folder, { recursive: true }));
	for (const [path, content] of Object.entries(files)) {
		await mkdir(join(folder, path, '..'), { recursive: true });
		await writeFile(join(folder, path), typeof content === 'string' ? content : JSON.stringify(content));
	}
	return folder;
}

async function registry(answer: (request: IncomingMessage, response: ServerResponse, body: string) => void) {
	const server = createServer((request, response) => {
		let body = '';
		request.on('data', (chunk: Buffer) => {
			body += chunk.toString();
		});
		request.on('end', () => answer(request, response, body));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	cleanups.push(() => new Promise((resolve) => server.close(resolve)));
	return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, reach: { private: true } };
}

const at = (version: string, more: object = {}) => ({ version, resolved: `https://registry.example/${version}.tgz`, ...more });
const lock = {
	lockfileVersion: 3,
	packages: {
		'': { workspaces: ['apps/*'], devDependencies: { linter: '1' } },
		'apps/shop': { dependencies: { web: '^2', '@own/kit': '*', forked: 'github:a/b' }, devDependencies: { tester: '3' } },
		'apps/other': { dependencies: { parser: '9' } },
		kit: { dependencies: { parser: '1' } },
		'node_modules/@own/kit': { resolved: 'kit', link: true },
		'node_modules/web': at('2.1.0', { dependencies: { parser: '2' }, optionalDependencies: { 'only-on-mars': '1' } }),
		'node_modules/web/node_modules/parser': at('2.0.5'),
		'node_modules/parser': at('1.0.0'),
		'apps/other/node_modules/parser': at('9.0.0'),
		'node_modules/tester': at('3.3.3', { dependencies: { parser: '1' } }),
		'node_modules/linter': at('1.1.1'),
		'node_modules/forked': { version: '1.0.0', resolved: 'git+ssh://git@example.com/a/b.git#1' },
	},
};

describe('lockfile', () => {
	it('lists what one workspace reaches, as Node finds it, development apart', async () => {
		const folder = await folderWith({ 'package-lock.json': lock, 'apps/shop/package.json': {} });
		const verdict = await port.readLockfile(join(folder, 'apps/shop'), never);
		expect(verdict).toEqual({
			kind: 'answer',
			value: {
				file: 'package-lock.json',
				elsewhere: 1,
				packages: expect.arrayContaining([
					{ name: 'web', version: '2.1.0', use: 'production', direct: true },
					{ name: 'parser', version: '2.0.5', use: 'production', direct: false },
					{ name: 'parser', version: '1.0.0', use: 'production', direct: false },
					{ name: 'tester', version: '3.3.3', use: 'development', direct: true },
				]),
			},
		});
		expect(verdict.kind === 'answer' && verdict.value.packages).toHaveLength(4);
	});
	it('lists all workspaces where the checkout is the root', async () => {
		const verdict = await port.readLockfile(await folderWith({ 'package-lock.json': lock }), never);
		expect(verdict.kind === 'answer' && verdict.value.packages.map(({ name, version }) => `${name}@${version}`).toSorted()).toEqual([
			'linter@1.1.1',
			'parser@1.0.0',
			'parser@2.0.5',
			'parser@9.0.0',
			'tester@3.3.3',
			'web@2.1.0',
		]);
	});
	it.each([
		[{ 'pnpm-lock.yaml': 'lockfileVersion: 9' }, 'pnpm-lock.yaml'],
		[{ 'yarn.lock': '' }, 'yarn.lock'],
		[{ 'package-lock.json': { lockfileVersion: 1, dependencies: {} } }, 'lockfileVersion 1'],
		[{ 'package-lock.json': '{' }, 'no lockfile'],
		[{ 'package.json': {} }, 'no package-lock.json'],
	])('says why %o is not read', async (files, words) => {
		const folder = await folderWith(files);
		expect(await port.readLockfile(folder, never)).toMatchObject({ kind: 'no-answer', reason: expect.stringContaining(words) });
	});
	it('takes no lockfile above that is about others', async () => {
		const folder = await folderWith({ 'package-lock.json': lock, 'elsewhere/package.json': {} });
		expect(await port.readLockfile(join(folder, 'elsewhere'), never)).toMatchObject({ kind: 'no-answer', code: 'not-found' });
	});
});

describe('registry', () => {
	it('sends each version once by name, and reads advisories', async () => {
		let sent: unknown;
		const target = await registry((request, response, body) => {
			sent = { method: request.method, url: request.url, body: JSON.parse(body) };
			response.end(
				JSON.stringify({
					parser: [
						{ id: 1, title: 'Bad\nparsing', url: 'https://advisories.example/1', severity: 'high', vulnerable_versions: '<2.0.6' },
						{ id: 2, title: 'x', url: 'javascript:alert(1)', severity: 'medium', vulnerable_versions: '<1.0.1' },
					],
				}),
			);
		});
		const verdict = await port.readAdvisories(
			[
				{ name: 'parser', version: '1.0.0' },
				{ name: 'parser', version: '2.0.5' },
			],
			target,
			never,
		);
		expect(sent).toEqual({ method: 'POST', url: '/-/npm/v1/security/advisories/bulk', body: { parser: ['1.0.0', '2.0.5'] } });
		expect(verdict).toEqual({
			kind: 'answer',
			value: [
				{ name: 'parser', title: 'Bad parsing', url: 'https://advisories.example/1', severity: 'high', vulnerable: '<2.0.6' },
				{ name: 'parser', title: 'x', url: null, severity: 'moderate', vulnerable: '<1.0.1' },
			],
		});
	});
	it('says that a registry without advisories has none to give', async () => {
		const target = await registry((_, response) => response.writeHead(404).end('{}'));
		expect(await port.readAdvisories([{ name: 'a', version: '1.0.0' }], target, never)).toMatchObject({
			kind: 'no-answer',
			code: 'not-found',
			enable: expect.stringContaining('offers advisories'),
		});
	});
	it('reads the newest release, withdrawn versions, and when one was published', async () => {
		const document = {
			'dist-tags': { latest: '2.0.0' },
			versions: { '1.0.0': { deprecated: 'use web2' }, '2.0.0': {} },
			time: { '1.0.0': '2024-01-02T03:04:05.000Z' },
		};
		const target = await registry((request, response) =>
			request.url === '/@own%2Fweb' ? response.end(JSON.stringify(document)) : response.writeHead(404).end(),
		);
		expect(await port.readReleases('@own/web', target, never)).toEqual({
			kind: 'answer',
			value: { name: '@own/web', latest: '2.0.0', deprecated: { '1.0.0': 'use web2' } },
		});
		expect(await port.readPublished({ name: '@own/web', version: '1.0.0' }, target, never)).toEqual({
			kind: 'answer',
			value: '2024-01-02T03:04:05.000Z',
		});
		expect(await port.readReleases('unheard-of', target, never)).toEqual({ kind: 'answer', value: null });
	});
});

describeProviderContract({
	name: 'Packages',
	ask: ({ fetch, timeoutMs }, signal) =>
		createPackagesPort({ fetch, tick: () => 0, timeoutMs }).readPublished(
			{ name: 'web', version: '1.0.0' },
			{ url: 'https://registry.example', reach: { private: false } },
			signal,
		),
	goodBody: JSON.stringify({ time: { '1.0.0': '2024-01-02T03:04:05.000Z' } }),
	badBodies: ['<html>', ''],
	maxBytes: 24 * 1024 * 1024,
});
