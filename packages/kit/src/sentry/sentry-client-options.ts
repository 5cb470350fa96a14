import { filled, makeOptions, type SentryOptions } from './scrubbing-options.ts';

export interface SentryClientOptions {
	/** Null and undefined for nowhere. */
	readonly dsn: string | null | undefined;
	readonly release?: string | undefined;
	/** `production` when not given. */
	readonly environment?: string | undefined;
}

/** The same for browsers, where there is no environment to read and no secret to know: credentials are found by their names and forms. Never throws. */
export function sentryClientOptions({ dsn, release, environment }: SentryClientOptions): SentryOptions {
	return makeOptions({ dsn, release: filled(release), environment: filled(environment) });
}
