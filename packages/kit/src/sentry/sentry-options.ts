import { readBuild } from '../health/read-build.ts';
import { filled, makeOptions, type SentryOptions } from './scrubbing-options.ts';

export interface SentryExtras {
	/** The result of `defineEnv`: its secrets are taken out of every text, wherever they stand, and out of fields of their names. */
	readonly env?: { readonly secrets: () => ReadonlyMap<string, string> } | undefined;
}

/**
 * Makes the options out of an environment: `SENTRY_DSN`, `SENTRY_RELEASE` (else `HOLDFAST_RELEASE`, the platform's commit, Next's build id), `SENTRY_ENVIRONMENT`
 * (else `NODE_ENV`, else `production`). For servers: it may read Next's build id from the disk. Never throws: a DSN that is none counts as absent.
 */
export function sentryOptions(environment: Readonly<Record<string, string | undefined>>, { env }: SentryExtras = {}): SentryOptions {
	const build = readBuild({}, environment);
	return makeOptions({
		dsn: environment.SENTRY_DSN,
		release: filled(environment.SENTRY_RELEASE) ?? filled(environment.HOLDFAST_RELEASE) ?? build.commit ?? build.id ?? undefined,
		environment: filled(environment.SENTRY_ENVIRONMENT) ?? filled(environment.NODE_ENV),
		secrets: env?.secrets(),
	});
}
