import type { BrowserWalk, WalkedPage, WalkReport } from '@holdfast/checks/vendors';
import type { Browser, Page } from 'playwright-core';
import type { GuardProxy } from './guard-proxy.ts';
import { recordHar } from './har.ts';
import { describePage, lookAt, openPage, wentWrong } from './open-page.ts';
import { signIn } from './sign-in.ts';
import { type PageWatch, watchPage } from './watch-page.ts';

/** When this has passed no further page is opened, in milliseconds. */
const budgetMs = 9000;

/** One walk in one fresh context. Where somebody signs in, that page is the first of the report. */
export async function walkThrough(browser: Browser, walk: BrowserWalk, guard: GuardProxy): Promise<WalkReport> {
	const startedAt = performance.now();
	const refused = new Map<string, number>();
	const har = recordHar();
	const context = await browser.newContext({
		serviceWorkers: 'block',
		acceptDownloads: false,
		viewport: { width: 1280, height: 800 },
		locale: 'en-US',
	});
	const pages: WalkedPage[] = [];
	let screenshot: Uint8Array | null = null;
	let pictured = false;
	let signed: Pick<WalkReport, 'signIn' | 'signInMessage'> = { signIn: 'not-tried', signInMessage: null };

	const visit = async (path: string, last: boolean, act?: (page: Page, watch: PageWatch) => Promise<boolean>) => {
		const page = await context.newPage();
		const watch = watchPage(page, guard, har, refused);
		const openedAt = performance.now();
		const error = await openPage(page, new URL(path, walk.origin).href, watch, guard);
		const bad = error === null && act !== undefined ? await act(page, watch) : false;
		const durationMs = Math.round(performance.now() - openedAt);
		const seen = error === null ? await lookAt(context, page) : { painted: false, textLength: 0 };
		const walked = describePage(page, path, watch, { error, durationMs, ...seen });
		pages.push(walked);
		if (!pictured && (last || bad || wentWrong(walked))) {
			screenshot = await page.screenshot({ type: 'png', timeout: 2000, animations: 'disabled' }).catch(() => null);
			pictured = bad || wentWrong(walked);
		}
		await page.close();
	};

	const { signIn: account } = walk;
	if (account !== null) {
		await visit(account.path, walk.paths.length === 0, async (page, watch) => {
			signed = await signIn(page, watch, account);
			return signed.signIn !== 'signed-in';
		});
		if (signed.signIn === 'not-tried') signed = { signIn: 'error', signInMessage: 'The page with the form could not be opened' };
	}
	for (const [index, path] of walk.paths.entries()) {
		if (performance.now() - startedAt > budgetMs) break;
		await visit(path, index === walk.paths.length - 1);
	}
	const refusedHosts = [...refused].map(([host, count]) => ({ host, count })).slice(0, 50);
	return { pages, ...signed, refusedHosts, screenshot, har: await har.finish() };
}
