import * as Sentry from '@sentry/nextjs';
import { environment } from '../environment.ts';

/** Sends errors of the server to the DSN of the environment. Without one, the SDK is not started and nothing is sent or printed. */
export function startSentry(): void {
	const dsn = environment.values.SENTRY_DSN;
	if (dsn === undefined) return;
	Sentry.init({
		dsn,
		// oxlint-disable-next-line node/no-process-env -- a constant of the build, not of the surroundings
		release: process.env.SHOP_BUILD_COMMIT || undefined,
		// oxlint-disable-next-line node/no-process-env -- set by Next, not by an operator
		environment: process.env.NODE_ENV,
		tracesSampleRate: 0.1,
		beforeSend: (event) => {
			// Cookies, forms and addresses of people say nothing about a fault of the shop.
			if (event.request !== undefined) {
				delete event.request.cookies;
				delete event.request.data;
				delete event.request.headers;
				delete event.request.query_string;
			}
			delete event.user;
			return event;
		},
	});
}
