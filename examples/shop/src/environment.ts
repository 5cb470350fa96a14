import { defineEnv, secret, string, url } from '@holdfast/kit/env';

/** Everything that the shop reads from its environment. Invalid values do not stop it: health says so, and the log names them. */
export const environment = defineEnv({
	/** Where visitors find the shop. Its scheme is enforced, its origin is the only one that forms may come from. */
	APP_URL: url({ default: 'http://localhost:3000' }),
	SESSION_SECRET: secret({ min: 32 }),
	SESSION_SECRET_PREVIOUS: secret({ min: 32, optional: true }),
	CSRF_SECRET: secret({ min: 32 }),
	CSRF_SECRET_PREVIOUS: secret({ min: 32, optional: true }),
	/** Opens the private health report. */
	HOLDFAST_TOKEN: secret({ min: 24, optional: true }),
	/** Folder of the JSON files, relative to the working directory. */
	SHOP_DATA_DIR: string({ default: '.data' }),
	SHOP_DEMO_EMAIL: string({ default: 'demo@shop.example' }),
	/** Password of the demo account. Without it nobody can sign in. */
	SHOP_DEMO_PASSWORD: secret({ min: 12, optional: true }),
	/** Address of the Convex deployment that is to hold the data; the files are used as long as it is not set. */
	NEXT_PUBLIC_CONVEX_URL: url({ optional: true }),
});

/** The shop's own URL; the default when APP_URL cannot be read, so that the rest of the process can answer. */
export const appUrl = new URL(environment.values.APP_URL ?? 'http://localhost:3000');
