/** What the shop's process reads; the same names as in src/environment.ts (a test compares them), and the fingerprint key that the kit reads itself. */
export const shopVariables = [
	'APP_URL',
	'AUTH_ISSUER',
	'CSRF_SECRET',
	'CSRF_SECRET_PREVIOUS',
	'HOLDFAST_FINGERPRINT_KEY',
	'HOLDFAST_MAINTENANCE_FILE',
	'HOLDFAST_TOKEN',
	'MAINTENANCE_MODE',
	'NEXT_PUBLIC_CONVEX_URL',
	'NEXT_PUBLIC_SENTRY_DSN',
	'SENTRY_DSN',
	'SESSION_SECRET',
	'SESSION_SECRET_PREVIOUS',
	'SHOP_JWT_PRIVATE_KEY',
];
