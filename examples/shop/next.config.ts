import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { withSentryConfig } from '@sentry/nextjs/config';
import type { NextConfig } from 'next';

const workspace = path.resolve(import.meta.dirname, '../..');

const securityHeaders = [
	// For what proxy.ts does not see: files, redirections and health, which load nothing. Pages get a policy with a nonce there, in place of this one.
	{ key: 'Content-Security-Policy', value: "default-src 'none'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'" },
	{ key: 'X-Content-Type-Options', value: 'nosniff' },
	{ key: 'X-Frame-Options', value: 'DENY' },
	// Not no-referrer: browsers then send `Origin: null` with forms, and the check of the origin would refuse the shop's own pages.
	{ key: 'Referrer-Policy', value: 'strict-origin-when-cross-origin' },
	{ key: 'Permissions-Policy', value: 'camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()' },
	{ key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
	{ key: 'Cross-Origin-Resource-Policy', value: 'same-origin' },
	{ key: 'X-Permitted-Cross-Domain-Policies', value: 'none' },
	{ key: 'X-DNS-Prefetch-Control', value: 'off' },
];

const config = {
	poweredByHeader: false,
	reactStrictMode: true,
	// The workspace's lockfile is two folders up; without this the bundler guesses.
	turbopack: { root: workspace },
	outputFileTracingRoot: workspace,
	// Next needs the JavaScript API of TypeScript, which version 7 does not have; `tsc -p examples/shop` checks the types instead.
	typescript: { ignoreBuildErrors: true },
	env: { SHOP_BUILD_COMMIT: readCommit(), SHOP_BUILT_AT: new Date().toISOString() },
	headers: async () => [{ source: '/:path*', headers: securityHeaders }],
} satisfies NextConfig;

/** Nothing is uploaded and nobody is told: source maps and releases are the operator's choice. */
export default withSentryConfig(config, {
	silent: true,
	telemetry: false,
	sourcemaps: { disable: true },
	release: { create: false },
});

/** The commit that is built, or an empty string outside a checkout: the build identity then says that it is not known. */
function readCommit(): string {
	try {
		return execFileSync('git', ['rev-parse', 'HEAD'], { cwd: workspace, stdio: ['ignore', 'pipe', 'ignore'], timeout: 5000 })
			.toString()
			.trim();
	} catch {
		return '';
	}
}
