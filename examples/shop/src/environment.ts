import { defineEnv, secret, string, url } from '@holdfast/kit/env';

/** Everything that the shop reads from its environment. Invalid values do not stop it: health says so, and the log names them. */
export const environment = defineEnv({
	/** Where visitors find the shop. Its scheme is enforced, its origin is the only one that forms may come from. */
	APP_URL: url({ default: 'http://localhost:3000' }),
	/** The Convex deployment that holds the data. Read when the process starts, and handed to browsers by the server: no build is needed to change it. */
	NEXT_PUBLIC_CONVEX_URL: url(),
	/** Signs the tokens under which Convex knows the shop's server and its users: PKCS #8, P-256, as PEM or as base64 of the DER. */
	SHOP_JWT_PRIVATE_KEY: secret({ min: 64 }),
	/** Issuer of these tokens when it is not APP_URL; must equal SHOP_ISSUER of the Convex deployment. */
	AUTH_ISSUER: url({ optional: true }),
	SESSION_SECRET: secret({ min: 32 }),
	SESSION_SECRET_PREVIOUS: secret({ min: 32, optional: true }),
	CSRF_SECRET: secret({ min: 32 }),
	CSRF_SECRET_PREVIOUS: secret({ min: 32, optional: true }),
	/** Opens the private health report. */
	HOLDFAST_TOKEN: secret({ min: 24, optional: true }),
	/** `true`: reading goes on, writing gets 503 and a page that says so. */
	MAINTENANCE_MODE: string({ optional: true }),
	/** Path of a file: the same while it is there, without a restart. */
	HOLDFAST_MAINTENANCE_FILE: string({ optional: true }),
	/** Where errors of the server go; nowhere when it is not set. */
	SENTRY_DSN: url({ optional: true }),
	/** Where errors of browsers go; SENTRY_DSN when it is not set. */
	NEXT_PUBLIC_SENTRY_DSN: url({ optional: true }),
});

/** The shop's own URL; the default when APP_URL cannot be read, so that the rest of the process can answer. */
export const appUrl = new URL(environment.values.APP_URL ?? 'http://localhost:3000');

/** Origin of the Convex deployment, or null while the variable cannot be used. */
export const convexUrl: string | null = environment.values.NEXT_PUBLIC_CONVEX_URL?.replace(/\/+$/, '') ?? null;

/** Where browsers send their errors; null for nowhere. A DSN is public by design: its key only lets errors in. */
export const browserSentryDsn: string | null = environment.values.NEXT_PUBLIC_SENTRY_DSN ?? environment.values.SENTRY_DSN ?? null;
