import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWorld, type World } from '../../examples/shop/scripts/world/start-world.mjs';
import { makeAuthority } from './world/authority.ts';
import { chromiumPath, openBrowser } from './world/browser.ts';
import { holdfast } from './world/holdfast.ts';
import { shopIsBuilt } from './world/shop.ts';

const anywhere = { shop: 0, convex: 0, site: 0 };

describe.skipIf(!shopIsBuilt)('security headers of the example (skipped: examples/shop is not built, npm run build)', () => {
	let folder = '';
	let overTls: World;
	let overHttp: World;
	let tls: { cert: string; key: string; ca: string };

	beforeAll(async () => {
		folder = await mkdtemp(join(tmpdir(), 'holdfast-headers-'));
		const authority = makeAuthority();
		tls = { cert: join(folder, 'cert.pem'), key: join(folder, 'key.pem'), ca: join(folder, 'authority.pem') };
		for (const name of ['cert', 'key', 'ca'] as const) await writeFile(tls[name], authority[name], { mode: 0o600 });
		[overTls, overHttp] = await Promise.all([
			startWorld({ folder: join(folder, 'tls'), ports: anywhere, tls }),
			startWorld({ folder: join(folder, 'http'), ports: anywhere }),
		]);
	});
	afterAll(async () => {
		await Promise.all([overTls?.stop(), overHttp?.stop()]);
		await rm(folder, { recursive: true, force: true });
	});

	it('are graded A+ over TLS, shop and deployment under a certificate of an authority that the command is told to trust', async () => {
		const asked = ['check', 'http.security-headers', '--url', overTls.urls.shop, '--private', '--ca', tls.ca];
		const { code, stdout, stderr } = await holdfast([...asked, '--verbose'], { cwd: folder });
		expect(code, stdout + stderr).toBe(0);
		expect(stdout).toMatch(/Grade A\+, 145 of 100/);
		expect(stdout).toContain('Strict-Transport-Security lasts 730 days');
		expect(stdout).toMatch(/\+10 The Content-Security-Policy starts from 'none'/);
		expect(stdout).not.toMatch(/-\d+ /);
	});

	it('are read with the authority that the written configuration names, by every check of the page', async () => {
		const { code, stdout, stderr } = await holdfast(
			['check', 'http.security-headers', 'http.health', 'http.cookies', 'convex.reachable', '--config', overTls.files.config],
			{ cwd: folder },
		);
		expect(code, stdout + stderr).toBe(0);
		expect(stdout).toContain('Grade A+');
	});

	it('say over plain http which points that costs and why', async () => {
		const asked = ['check', 'http.security-headers', '--url', overHttp.urls.shop, '--private'];
		const told = await holdfast(asked, { cwd: folder });
		expect(told.code).toBe(0);
		expect(told.stdout.replace(/\s+/g, ' ')).toContain('plain http costs 40 points (no Strict-Transport-Security, no redirect to https)');
		const { stdout } = await holdfast([...asked, '--json'], { cwd: folder });
		expect(stdout).toContain('Without https there is no Strict-Transport-Security (-20 points');
		expect(stdout).toContain('Plain http is not redirected to https (-20 points');
		expect((await fetch(overHttp.urls.shop)).headers.get('strict-transport-security')).toBeNull();
	});

	it.skipIf(chromiumPath === undefined)(
		'leave the page over TLS whole in a browser, its live connection included (skipped without Chromium)',
		async () => {
			const browser = await openBrowser();
			try {
				const page = await (await browser.newContext({ ignoreHTTPSErrors: true })).newPage();
				page.setDefaultTimeout(60_000);
				const problems: string[] = [];
				page.on('pageerror', (error) => problems.push(error.message));
				page.on('console', (message) => void (message.type() === 'error' && problems.push(message.text())));
				await page.goto(`${overTls.urls.shop}/register`);
				for (const [name, value] of [
					['name', 'Ada'],
					['email', 'ada@shop.example'],
					['password', 'brass, rope and canvas'],
				] as const)
					await page.fill(`input[name=${name}]`, value);
				await page.click('main button[type=submit]');
				await page.waitForURL('**/orders');
				await page.waitForSelector('[data-state=live]');
				expect(problems).toEqual([]);
			} finally {
				await browser.close();
			}
		},
	);
});
