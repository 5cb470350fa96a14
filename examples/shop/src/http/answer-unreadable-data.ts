import { DataError } from '../data/json-file.ts';
import { logEvent } from '../log.ts';
import { answerFailure } from './answers.ts';

type Handler = (request: Request) => Promise<Response>;

/**
 * Wraps a route: while a file of the shop's data cannot be used it answers 503 with a sentence, as a page for forms and as JSON for scripts.
 * Which file and why stands in the log only. Everything else that a route throws is a bug and passes through.
 */
export function answerUnreadableData(handler: Handler, options: { message: string; back?: string }): Handler {
	return async (request) => {
		try {
			return await handler(request);
		} catch (cause) {
			if (!(cause instanceof DataError)) throw cause;
			logUnreadableData(cause);
			const response = answerFailure({
				form: isForm(request),
				status: 503,
				code: 'data',
				title: 'That does not work right now',
				message: options.message,
				back: options.back ?? '/',
			});
			response.headers.set('retry-after', '60');
			return response;
		}
	};
}

/** One line that names the file, in place of a stack. */
export function logUnreadableData(cause: DataError): void {
	logEvent('error', 'data.unreadable', { message: cause.message });
}

function isForm(request: Request): boolean {
	return request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() === 'application/x-www-form-urlencoded';
}
