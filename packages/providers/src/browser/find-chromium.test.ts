import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { findChromium } from './find-chromium.ts';
import { createBrowserPort } from './index.ts';

const walk = { origin: 'https://shop.example', paths: ['/'], signIn: null, hosts: [], reach: { private: false } };
const signal = new AbortController().signal;

it('CHROMIUM_PATH goes before PATH, and stands alone', async () => {
	const folder = mkdtempSync(join(tmpdir(), 'holdfast-browser-'));
	onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
	const program = join(folder, 'chromium');
	writeFileSync(program, '#!/bin/sh\nexit 1\n');
	expect(await findChromium({ CHROMIUM_PATH: program })).toMatchObject({ path: null, problem: expect.stringContaining('CHROMIUM_PATH') });
	chmodSync(program, 0o755);
	expect((await findChromium({ CHROMIUM_PATH: program })).path).toBe(program);
	expect((await findChromium({ PATH: `relative:${folder}` })).path).toBe(program);
	expect((await findChromium({ CHROMIUM_PATH: 'chromium', PATH: folder })).path).toBeNull();
	expect(await createBrowserPort({ environment: { CHROMIUM_PATH: program } }).walk(walk, signal)).toMatchObject({
		kind: 'no-answer',
		code: 'not-configured',
		reason: 'Chromium was found and does not start',
	});
});

it('without a browser it is said how to install one', async () => {
	const port = createBrowserPort({ environment: { CHROMIUM_PATH: '/nowhere/chromium' } });
	expect(await port.walk(walk, signal)).toMatchObject({
		code: 'not-configured',
		enable: expect.stringContaining('apt-get install chromium'),
	});
});

it('nothing outside the application is opened', async () => {
	const port = createBrowserPort({ environment: {} });
	for (const path of ['https://evil.example/', '//evil.example/x'])
		expect(await port.walk({ ...walk, paths: [path] }, signal)).toMatchObject({ code: 'refused' });
	expect(await port.walk({ ...walk, origin: 'file:///etc' }, signal)).toMatchObject({ code: 'refused' });
});
