// Loaded before the page's own scripts. Without a DSN neither the SDK nor what scrubs its events is even fetched.
const dsn = document.documentElement.dataset.sentryDsn;
if (dsn !== undefined && dsn !== '')
	void import('./monitoring/start-browser-sentry.ts').then(({ startBrowserSentry }) => startBrowserSentry(dsn));

export {};
