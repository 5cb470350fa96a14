/** A visitor with a browser: one Chromium for the whole benchmark, a fresh profile for each look. */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright-core';

/** How long a person would wait for a page here, in milliseconds. */
const PATIENCE_MS = 20_000;

/** @returns {string | null} Path of a Chromium on this machine. */
export function findBrowser() {
	for (const name of ['chromium', 'chromium-browser', 'google-chrome'])
		for (const at of (process.env.PATH ?? '').split(delimiter)) if (existsSync(join(at, name))) return join(at, name);
	return null;
}

/** @type {Promise<import('playwright-core').Browser> | null} */
let running = null;

/** Closes the browser when one was started. */
export async function closeBrowser() {
	const browser = await running;
	running = null;
	await browser?.close();
}

/**
 * @template T
 * @param {(page: import('playwright-core').Page) => Promise<T>} walk
 * @param {{ cookies?: Cookies, scripts?: boolean }} [options] `scripts`: whether they run; they do not, for the shop's forms need none and pages come sooner.
 * @returns {Promise<T>}
 */
export async function withPage(walk, { cookies = [], scripts = false } = {}) {
	const executablePath = findBrowser();
	if (executablePath === null) throw new Error('there is no Chromium here');
	running ??= chromium.launch({
		executablePath,
		args: [
			'--no-sandbox',
			'--disable-dev-shm-usage',
			'--disable-gpu',
			'--disable-extensions',
			'--disable-background-networking',
			'--blink-settings=imagesEnabled=false',
		],
	});
	const context = await (await running).newContext({ ignoreHTTPSErrors: true, javaScriptEnabled: scripts });
	try {
		context.setDefaultTimeout(PATIENCE_MS);
		await context.addCookies([...cookies]);
		return await walk(await context.newPage());
	} finally {
		await context.close();
	}
}

/** @typedef {Parameters<import('playwright-core').BrowserContext['addCookies']>[0]} Cookies */

/**
 * Signs in as a person does: the form, the button, the page after it.
 *
 * @param {import('playwright-core').Page} page
 * @param {{ url: string, email: string, password: string }} account
 * @returns {Promise<string | null>} What went wrong, as the person would see it; null when the orders are shown.
 */
export async function signIn(page, { url, email, password }) {
	return asSeen(async () => {
		await page.goto(`${url}/sign-in?next=/orders`, { waitUntil: 'domcontentloaded' });
		await page.fill('#email', email);
		await page.fill('#password', password);
		await Promise.all([
			page.waitForNavigation({ waitUntil: 'domcontentloaded' }),
			page.click('form[action="/api/session"] button[type=submit]'),
		]);
		return sayOrders(page, email);
	});
}

/**
 * Opens the orders with the cookies that the browser has.
 * @param {import('playwright-core').Page} page @param {{ url: string, email: string }} account
 */
export async function openOrders(page, { url, email }) {
	return asSeen(async () => {
		await page.goto(`${url}/orders`, { waitUntil: 'domcontentloaded' });
		return sayOrders(page, email);
	});
}

/** @param {import('playwright-core').Page} page @param {string} email */
async function sayOrders(page, email) {
	const text = (await page.locator('main').textContent()) ?? '';
	return new URL(page.url()).pathname === '/orders' && text.includes('Your orders') && text.includes(email)
		? null
		: `not the orders but ${new URL(page.url()).pathname}: ${text.replace(/\s+/g, ' ').slice(-160)}`;
}

/** @param {() => Promise<string | null>} walk */
async function asSeen(walk) {
	try {
		return await walk();
	} catch (error) {
		return (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? 'the page failed';
	}
}
