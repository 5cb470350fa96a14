import { createHeaders } from '@holdfast/kit/headers';
import { appUrl, browserSentryDsn, convexUrl } from '../environment.ts';

/** Headers of one page, with a script policy of its own. Scripts may talk to the shop, to Convex over both protocols, and to Sentry. */
export const makePageHeaders = createHeaders({
	origin: appUrl.origin,
	convexUrl: convexUrl ?? undefined,
	connect: browserSentryDsn === null ? [] : [browserSentryDsn],
	images: [],
	inlineStyles: 'none',
	// oxlint-disable-next-line node/no-process-env -- set by Next, not by an operator
	development: process.env.NODE_ENV === 'development',
});
