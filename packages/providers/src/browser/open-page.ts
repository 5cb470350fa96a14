import type { WalkedPage } from '@holdfast/checks/vendors';
import type { BrowserContext, Page } from 'playwright-core';
import type { GuardProxy } from './guard-proxy.ts';
import { nameFailure, type PageWatch, withoutQuery } from './watch-page.ts';

/** Milliseconds: for the first bytes; for the rest of the page; for what it does afterwards. */
const answerMs = 4000;
const loadMs = 2500;
const settleMs = 600;

/** Opens one address and lets it come to rest. @returns the browser's word when it could not be opened. */
export async function openPage(page: Page, url: string, watch: PageWatch, guard: GuardProxy): Promise<string | null> {
	try {
		await page.goto(url, { waitUntil: 'commit', timeout: answerMs });
	} catch (error) {
		const word = nameFailure(error instanceof Error ? (error.message.split('\n')[0] ?? '') : '', url, guard);
		// An error status without a body: the answer is there, though nothing is shown.
		return word === 'net::ERR_HTTP_RESPONSE_CODE_FAILURE' ? null : word;
	}
	await page.waitForLoadState('load', { timeout: loadMs }).catch(() => {});
	await watch.settle(settleMs);
	return null;
}

/** Looks at what is visible. Asked through the debugger, whose expressions no Content-Security-Policy forbids. */
export async function lookAt(context: BrowserContext, page: Page): Promise<Pick<WalkedPage, 'painted' | 'textLength'>> {
	const nothing = { painted: false, textLength: 0 };
	const looking = context.newCDPSession(page).then(async (session) => {
		const { result } = await session.send('Runtime.evaluate', { expression, returnByValue: true, timeout: 1000 });
		const seen: unknown = result.value;
		return isSeen(seen) ? { painted: seen.painted, textLength: seen.length } : nothing;
	});
	const timer = new Promise<typeof nothing>((resolve) => void setTimeout(() => resolve(nothing), 1500).unref());
	return Promise.race([looking.catch(() => nothing), timer]);
}

const expression = `(() => {
	const body = document.body;
	if (body === null) return { painted: false, length: 0 };
	const area = (element) => { const { width, height } = element.getBoundingClientRect(); return width * height; };
	const length = area(body) > 0 ? body.innerText.trim().length : 0;
	const media = [...document.querySelectorAll('img, svg, canvas, video')].slice(0, 200).some((element) => area(element) > 4);
	return { painted: length > 0 || media, length };
})()`;

function isSeen(seen: unknown): seen is { readonly painted: boolean; readonly length: number } {
	return typeof seen === 'object' && seen !== null && 'painted' in seen && 'length' in seen;
}

export function describePage(
	page: Page,
	path: string,
	watch: PageWatch,
	seen: Pick<WalkedPage, 'error' | 'painted' | 'textLength' | 'durationMs'>,
): WalkedPage {
	return {
		path,
		url: withoutQuery(page.url()),
		status: watch.status(),
		...seen,
		exceptions: watch.exceptions(),
		consoleErrors: watch.consoleErrors(),
		failedRequests: watch.failedRequests(),
	};
}

/** Whether a page is worth a picture before the others. */
export function wentWrong(page: WalkedPage): boolean {
	return page.error !== null || !page.painted || (page.status ?? 0) >= 400 || page.exceptions.length > 0 || page.failedRequests.length > 0;
}
