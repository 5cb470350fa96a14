/** Options for the Sentry SDK: where errors go, and what never goes with them. */
export type { SentryOptions } from './sentry/scrubbing-options.ts';
export { type SentryExtras, sentryOptions } from './sentry/sentry-options.ts';
