import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { fileHeaders } from '@holdfast/kit/headers';
import { withSentryConfig } from '@sentry/nextjs/config';
import type { NextConfig } from 'next';

const workspace = path.resolve(import.meta.dirname, '../..');

const config = {
	poweredByHeader: false,
	reactStrictMode: true,
	// The workspace's lockfile is two folders up; without this the bundler guesses.
	turbopack: { root: workspace },
	outputFileTracingRoot: workspace,
	// Next needs the JavaScript API of TypeScript, which version 7 does not have; `tsc -p examples/shop` checks the types instead.
	typescript: { ignoreBuildErrors: true },
	env: { SHOP_BUILD_COMMIT: readCommit(), SHOP_BUILT_AT: new Date().toISOString() },
	// For what proxy.ts does not see: files, redirects, health. Pages get theirs there.
	headers: async () => [{ source: '/:path*', headers: fileHeaders() }],
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
