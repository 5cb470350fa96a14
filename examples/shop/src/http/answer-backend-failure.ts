import { BackendError } from '../backend/backend-error.ts';
import { logEvent } from '../log.ts';
import { answerFailure } from './answers.ts';

type Handler = (request: Request) => Promise<Response>;

/**
 * Wraps a route: while Convex does not answer the route answers 503 with a sentence, as a page for forms and as JSON for scripts.
 * Why stands in the log only. Everything else that a route throws is a bug and passes through.
 */
export function answerBackendFailure(handler: Handler, options: { message: string; back?: string }): Handler {
	return async (request) => {
		try {
			return await handler(request);
		} catch (cause) {
			if (!(cause instanceof BackendError)) throw cause;
			logBackendFailure(cause);
			return answerFailure({
				form: isForm(request),
				status: 503,
				code: 'backend',
				title: 'That does not work right now',
				message: options.message,
				back: options.back ?? '/',
				retryAfterSeconds: 60,
			});
		}
	};
}

/** One line that says what Convex did, in place of a stack. */
export function logBackendFailure(cause: BackendError): void {
	logEvent('error', 'backend.failed', { message: cause.message });
}

function isForm(request: Request): boolean {
	return request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() === 'application/x-www-form-urlencoded';
}
