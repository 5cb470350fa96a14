import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWorld, type World } from '../../examples/shop/scripts/world/start-world.mjs';
import { chromiumPath, openBrowser } from './world/browser.ts';
import { shopIsBuilt } from './world/shop.ts';

const missing = [...(shopIsBuilt ? [] : ['examples/shop is not built, npm run build']), ...(chromiumPath ? [] : ['no Chromium'])];

describe.skipIf(missing.length > 0)(`a person in the shop, with two browsers (skipped: ${missing.join(', ') || 'never'})`, () => {
	const ada = { name: 'Ada', email: 'ada@shop.example', password: 'brass, rope and canvas' };
	let folder = '';
	let world: World;
	let browser: Browser;

	beforeAll(async () => {
		folder = await mkdtemp(join(tmpdir(), 'holdfast-live-'));
		[world, browser] = await Promise.all([startWorld({ folder, ports: { shop: 0, convex: 0, site: 0 } }), openBrowser()]);
	});
	afterAll(async () => {
		await browser?.close();
		await world?.stop();
		await rm(folder, { recursive: true, force: true });
	});

	/** A browser of its own: nothing is shared with the others. What goes wrong in it fails the test. */
	async function openPage(): Promise<{ page: Page; problems: string[] }> {
		const page = await (await browser.newContext()).newPage();
		page.setDefaultTimeout(60_000);
		const problems: string[] = [];
		page.on('pageerror', (error) => problems.push(error.message));
		page.on('console', (message) => {
			if (message.type() === 'error') problems.push(message.text());
		});
		return { page, problems };
	}

	async function fill(page: Page, fields: Readonly<Record<string, string>>): Promise<void> {
		for (const [name, value] of Object.entries(fields)) await page.fill(`input[name=${name}]`, value);
	}

	it('registers, orders, and sees the order appear in the second browser without a reload', async () => {
		const first = await openPage();
		await first.page.goto(`${world.urls.shop}/register`);
		await fill(first.page, ada);
		await first.page.click('main button[type=submit]');
		await first.page.waitForURL('**/orders');
		expect(await first.page.textContent('main')).toContain('You have not ordered anything yet');

		const second = await openPage();
		await second.page.goto(`${world.urls.shop}/sign-in`);
		await fill(second.page, { email: ada.email, password: ada.password });
		await second.page.click('main button[type=submit]');
		await second.page.waitForURL('**/orders');
		await second.page.waitForSelector('[data-state=live]');
		let loads = 0;
		second.page.on('load', () => loads++);

		await first.page.goto(`${world.urls.shop}/products/heaving-line`);
		await first.page.fill('input[name=quantity]', '2');
		await first.page.click('.order-form button[type=submit]');
		await first.page.waitForURL('**/orders?placed=*');
		await second.page.waitForSelector('text=Heaving line');
		expect(loads).toBe(0);
		expect([...first.problems, ...second.problems]).toEqual([]);
	});

	it('says that something is wrong while Convex is stopped, and has the data when it is back', async () => {
		const { page } = await openPage();
		await page.goto(`${world.urls.shop}/sign-in`);
		await fill(page, { email: ada.email, password: ada.password });
		await page.click('main button[type=submit]');
		await page.waitForSelector('[data-state=live]');

		await world.stopConvex();
		const answer = await page.goto(`${world.urls.shop}/products`);
		expect(answer?.status()).toBe(500);
		expect(await page.textContent('main')).toContain('cannot be shown right now');
		expect(await page.textContent('main')).not.toContain('shelves are empty');

		await world.restartConvex();
		await page.goto(`${world.urls.shop}/orders`);
		expect(await page.textContent('.orders')).toContain('Heaving line');
		await page.waitForSelector('[data-state=live]');
	});

	it('keeps secrets to the owner of the folder, and none in the log', async () => {
		for (const file of [world.files.secrets, world.files.shopEnv, world.files.token, world.files.adminKey, world.files.syntheticPassword])
			expect((await stat(file)).mode & 0o777, file).toBe(0o600);
		const log = (await readFile(world.files.shopLog, 'utf8')) + (await readFile(world.files.convexLog, 'utf8'));
		for (const [name, value] of Object.entries(world.secrets)) expect(log.includes(value), name).toBe(false);
		expect(log.includes(ada.password)).toBe(false);
		for (const line of log.trim().split('\n').filter(Boolean)) expect(() => JSON.parse(line), line).not.toThrow();
	});
});
