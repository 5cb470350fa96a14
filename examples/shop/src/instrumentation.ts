import type { Instrumentation } from 'next';

/** Runs once when the server starts: says what is wrong with the environment, and tells Sentry where errors go. */
export async function register(): Promise<void> {
	// oxlint-disable-next-line node/no-process-env -- set by Next, not by an operator
	if (process.env.NEXT_RUNTIME !== 'nodejs') return;
	const { environment } = await import('./environment.ts');
	const { logEvent } = await import('./log.ts');
	const { startSentry } = await import('./monitoring/start-sentry.ts');
	for (const problem of environment.problems)
		logEvent('error', 'environment.invalid', { variable: problem.name, message: problem.message });
	for (const warning of environment.warnings)
		logEvent('warn', 'environment.suspicious', { variable: warning.name, message: warning.message });
	startSentry();
}

/** What a page or a route threw: one line in the log, and an event at Sentry when there is a DSN. */
export const onRequestError: Instrumentation.onRequestError = async (error, request, context) => {
	// oxlint-disable-next-line node/no-process-env -- set by Next, not by an operator
	if (process.env.NEXT_RUNTIME !== 'nodejs') return;
	const { logEvent } = await import('./log.ts');
	const { captureRequestError } = await import('@sentry/nextjs');
	const { message, digest } = error as { message?: unknown; digest?: unknown };
	logEvent('error', 'request.failed', {
		route: context.routePath,
		method: request.method,
		message: typeof message === 'string' ? message.slice(0, 500) : 'unknown error',
		reference: typeof digest === 'string' ? digest : null,
	});
	captureRequestError(error, request, context);
};
