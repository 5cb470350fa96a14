/** Options for the Sentry SDK: where errors go, and what never goes with them. */
export { type SentryOptions, sentryOptions } from './sentry/sentry-options.ts';
