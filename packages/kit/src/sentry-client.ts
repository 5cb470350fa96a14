/** Options for the Sentry SDK in browsers. Needs nothing of Node. */
export type { SentryOptions } from './sentry/scrubbing-options.ts';
export { type SentryClientOptions, sentryClientOptions } from './sentry/sentry-client-options.ts';
