import { sentryClientOptions } from '@holdfast/kit/sentry-client';
import * as Sentry from '@sentry/nextjs';

/** Sends errors of this page to a DSN, without cookies, credentials, the values of queries, or who was looking. */
export function startBrowserSentry(dsn: string): void {
	// The SDK sends spans one by one and warns about a hook for whole transactions.
	const { beforeSendTransaction: _whole, ...options } = sentryClientOptions({
		dsn,
		// oxlint-disable-next-line node/no-process-env -- a constant of the build
		release: process.env.SHOP_BUILD_COMMIT,
		// oxlint-disable-next-line node/no-process-env -- likewise
		environment: process.env.NODE_ENV,
	});
	Sentry.init({ ...options, tracesSampleRate: 0 });
}
