import { type Csrf, createCsrf } from '@holdfast/kit/csrf';
import { appUrl, environment } from '../environment.ts';
import { logEvent } from '../log.ts';
import { readSessionId } from './sessions.ts';

export const csrf: Csrf = createCsrf({
	// oxlint-disable-next-line node/no-process-env -- the declared value is absent when it is invalid
	secret: environment.values.CSRF_SECRET ?? process.env.CSRF_SECRET,
	// oxlint-disable-next-line node/no-process-env -- likewise: the kit leaves it out and says so
	previous: environment.values.CSRF_SECRET_PREVIOUS ?? process.env.CSRF_SECRET_PREVIOUS,
	origin: appUrl.origin,
	sessionId: readSessionId,
	log: (message) =>
		logEvent(csrf.problem === null ? 'warn' : 'error', csrf.problem === null ? 'csrf.warning' : 'csrf.unavailable', { message }),
});

/** Header in which the proxy hands the token to the page that is rendered. Whatever a visitor sends under this name is overwritten. */
export const pageTokenHeader = 'x-shop-csrf-token';
