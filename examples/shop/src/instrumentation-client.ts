// Loaded before the page's own scripts. Without a DSN the SDK is not even fetched.
const dsn = document.documentElement.dataset.sentryDsn;
if (dsn !== undefined && dsn !== '')
	void import('@sentry/nextjs').then((Sentry) =>
		Sentry.init({
			dsn,
			// oxlint-disable-next-line node/no-process-env -- a constant of the build
			release: process.env.SHOP_BUILD_COMMIT || undefined,
			// oxlint-disable-next-line node/no-process-env -- likewise
			environment: process.env.NODE_ENV,
			tracesSampleRate: 0,
		}),
	);

export {};
