import type { SentryPort } from '@holdfast/checks/vendors';
import type { SentryOptions } from './client.ts';
import { readErrors, readNewIssues } from './read-errors.ts';
import { readPerformance } from './read-performance.ts';

/** A project at Sentry, read through its Web API. Nothing is changed there. */
export function createSentryPort(given: Omit<SentryOptions, 'reach'>): SentryPort {
	return {
		readErrors: (target, windowMinutes, signal) => readErrors(target, windowMinutes, given, signal),
		readPerformance: (target, windowMinutes, signal) => readPerformance(target, windowMinutes, given, signal),
		readNewIssues: (target, release, signal) => readNewIssues(target, release, given, signal),
	};
}
