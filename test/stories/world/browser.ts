import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const places = [process.env.CHROMIUM_PATH, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Where Chromium is on this machine; undefined without one, and then stories that need it are skipped. */
export const chromiumPath = places.find((place) => place !== undefined && existsSync(place));

/** Starts a browser without a window. Root has no sandbox. */
export async function openBrowser(): Promise<Browser> {
	if (chromiumPath === undefined) throw new Error('expected Chromium; install it or set CHROMIUM_PATH');
	return await chromium.launch({ executablePath: chromiumPath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
}
