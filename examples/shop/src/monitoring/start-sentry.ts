import { sentryOptions } from '@holdfast/kit/sentry';
import * as Sentry from '@sentry/nextjs';
import { environment } from '../environment.ts';

/** Sends errors of the server to the DSN of the environment. Without one, the SDK is not started and nothing is sent or printed. */
export function startSentry(): void {
	// The SDK sends spans one by one and warns about a hook for whole transactions.
	const { beforeSendTransaction: _whole, ...options } = sentryOptions(
		{
			SENTRY_DSN: environment.values.SENTRY_DSN,
			// oxlint-disable-next-line node/no-process-env -- a constant of the build, not of the surroundings
			SENTRY_RELEASE: process.env.SHOP_BUILD_COMMIT,
			// oxlint-disable-next-line node/no-process-env -- set by Next, not by an operator
			NODE_ENV: process.env.NODE_ENV,
		},
		{ env: environment },
	);
	if (options.enabled) Sentry.init({ ...options, tracesSampleRate: 0.1 });
}
