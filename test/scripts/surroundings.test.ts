import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { findFreePort } from '../../scripts/steps/free-port.mjs';
import { findVersionProblem } from '../../scripts/steps/node-version.mjs';
import { findUrl } from '../../scripts/steps/running-shop.mjs';
import { describeWhatIsMissing, findChromium } from '../../scripts/steps/surroundings.mjs';

const folder = mkdtempSync(join(tmpdir(), 'holdfast-surroundings-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('findChromium', () => {
	it('takes the first browser on PATH, and only what can be run', () => {
		const browser = join(folder, 'chromium');
		writeFileSync(browser, '');
		chmodSync(browser, 0o600);
		expect(findChromium({ PATH: folder })).toBeNull();
		chmodSync(browser, 0o700);
		expect(findChromium({ PATH: `/nowhere:${folder}` })).toBe(browser);
		expect(findChromium({ CHROMIUM_PATH: browser })).toBe(browser);
		expect(findChromium({ PATH: folder, CHROMIUM_PATH: '/nowhere/chromium' })).toBeNull();
	});

	it('is missed with a sentence that says what to do', () => {
		expect(describeWhatIsMissing({ PATH: '' })[0]).toContain('apt-get install chromium');
	});
});

it.each([
	['18.20.0', true],
	['20.18.3', true],
	['20.19.0', false],
	['22.0.0', false],
	['24.1.0', false],
])('Node.js %s is refused: %s', (version, refused) => {
	expect(findVersionProblem(version) !== null).toBe(refused);
});

it('takes the next port when one is taken', async () => {
	const server = createServer();
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('expected an address with a port');
	expect(await findFreePort(address.port)).toBeGreaterThan(address.port);
	await new Promise((resolve) => server.close(resolve));
	expect(await findFreePort(address.port)).toBe(address.port);
});

it.each([
	['   - Local:  http://localhost:3000', 'http://localhost:3000'],
	['The shop answers on http://127.0.0.1:3001/ now', 'http://127.0.0.1:3001'],
	['Starting …', undefined],
	['http://', undefined],
])('finds the address in %j', (line, url) => {
	expect(findUrl(line)).toBe(url);
});
