import type { FailedRequest } from '@holdfast/checks/vendors';
import type { Page, Request, Response } from 'playwright-core';
import { showText } from '../http/shown-text.ts';
import type { GuardProxy } from './guard-proxy.ts';
import type { HarRecorder } from './har.ts';

/** What a page says while it is open. */
export interface PageWatch {
	readonly exceptions: () => readonly string[];
	readonly consoleErrors: () => readonly string[];
	readonly failedRequests: () => readonly FailedRequest[];
	/** Of the page's own document; null when no answer came. */
	readonly status: () => number | null;
	/** Waits until nothing has been under way for a moment, `maxMs` at most. */
	readonly settle: (maxMs: number) => Promise<void>;
}

const most = 50;
/** Quiet for so long counts as settled, in milliseconds. */
const quietMs = 150;

/** @param refused counts requests to hosts outside the list, by host. */
export function watchPage(page: Page, guard: GuardProxy, har: HarRecorder, refused: Map<string, number>): PageWatch {
	const exceptions = new Set<string>();
	const consoleErrors = new Set<string>();
	const failed = new Map<string, FailedRequest>();
	const underWay = new Set<Request>();
	let status: number | null = null;
	let lastAt = performance.now();

	const isRefused = (url: string) => /^(?:https?|wss?):/.test(url) && !guard.allows(new URL(url).hostname);
	const add = (request: Request, answered: number | null, error: string | null) => {
		const url = withoutQuery(request.url());
		const key = `${request.method()} ${url} ${answered ?? error}`;
		if (failed.size < most) failed.set(key, { url, method: request.method(), status: answered, error, kind: request.resourceType() });
	};
	const done = (request: Request) => {
		underWay.delete(request);
		lastAt = performance.now();
	};

	page.on('request', (request) => {
		underWay.add(request);
		lastAt = performance.now();
		if (isRefused(request.url())) {
			const { host } = new URL(request.url());
			refused.set(host, (refused.get(host) ?? 0) + 1);
		}
	});
	page.on('response', (response: Response) => {
		const request = response.request();
		if (request.isNavigationRequest() && request.frame() === page.mainFrame()) status = response.status();
		if (response.status() >= 400) add(request, response.status(), null);
	});
	page.on('requestfinished', (request) => {
		done(request);
		har.add(request, null);
	});
	page.on('requestfailed', (request) => {
		done(request);
		const error = nameFailure(request.failure()?.errorText ?? 'net::ERR_FAILED', request.url(), guard);
		har.add(request, isRefused(request.url()) ? 'refused: not a host of the service' : error);
		// Aborted: the page itself changed its mind, as with a prefetch when it is left.
		if (!isRefused(request.url()) && error !== 'net::ERR_ABORTED') add(request, null, error);
	});
	page.on('pageerror', (error) => {
		if (exceptions.size < most)
			exceptions.add(showText(error.name && !error.message.startsWith(error.name) ? `${error.name}: ${error.message}` : error.message));
	});
	page.on('console', (message) => {
		// Chromium repeats each failed request here; those are listed by themselves.
		if (message.type() !== 'error' || message.text().startsWith('Failed to load resource:')) return;
		if (isRefused(message.location().url) || consoleErrors.size >= most) return;
		consoleErrors.add(showText(message.text()));
	});

	return {
		exceptions: () => [...exceptions],
		consoleErrors: () => [...consoleErrors],
		failedRequests: () => [...failed.values()],
		status: () => status,
		settle: async (maxMs) => {
			const startedAt = performance.now();
			while (performance.now() - startedAt < maxMs) {
				if (underWay.size === 0 && performance.now() - lastAt >= quietMs) return;
				await new Promise((resolve) => setTimeout(resolve, 25));
			}
		},
	};
}

/** The guard stands between, so the browser only knows that its proxy failed; the guard knows why. */
export function nameFailure(error: string, url: string, guard: GuardProxy): string {
	const word = /net::[A-Z_]+/.exec(error)?.[0] ?? (/timeout/i.test(error) ? 'net::ERR_TIMED_OUT' : 'net::ERR_FAILED');
	if (!/SOCKS|PROXY|TUNNEL/.test(word)) return word;
	return (URL.canParse(url) ? guard.failureOf(new URL(url).hostname) : null) ?? 'net::ERR_CONNECTION_FAILED';
}

export function withoutQuery(url: string): string {
	if (!URL.canParse(url)) return showText(url, 100);
	const { protocol, host, pathname } = new URL(url);
	return /^(?:https?|wss?):$/.test(protocol) ? `${protocol}//${host}${pathname}`.slice(0, 500) : protocol;
}
