/** All providers behind the interfaces that checks declare. Adding one is two edits: its folder, and its line here. */
import type { VendorPorts } from '@holdfast/checks/vendors';
import { createBrowserPort } from './browser/index.ts';
import { createConvexPort } from './convex/index.ts';
import type { Fetch } from './http/ask-vendor.ts';
import { createNodeFetch } from './http/create-node-fetch.ts';
import { createPackagesPort } from './packages/index.ts';
import { createSentryPort } from './sentry/index.ts';
import { createServerFilesPort } from './server-files/index.ts';
import { createStatusPagePort } from './status-page/index.ts';

export { findChromium } from './browser/find-chromium.ts';

export interface VendorPortsOptions {
	/** For tests and proxies; without it our own, which asks only where the service allows it. */
	readonly fetch?: Fetch;
	/** Milliseconds, monotonic; the process's own when absent. */
	readonly tick?: () => number;
	/** Milliseconds since the epoch; the machine’s own clock when absent. */
	readonly now?: () => number;
	/** Longest wait for one vendor, in milliseconds; 5,000 when absent. */
	readonly timeoutMs?: number;
	/** The process’s variables, for `CHROMIUM_PATH` and `PATH`; without them only the usual folders are looked through. */
	readonly environment?: Readonly<Record<string, string | undefined>>;
	/** Base URLs of status pages in place of the known ones: `{ convex: 'http://127.0.0.1:9000' }`. */
	readonly statusPages?: Readonly<Record<string, string>>;
}

export function createVendorPorts(options: VendorPortsOptions = {}): VendorPorts {
	const client = {
		fetch: options.fetch ?? createNodeFetch(),
		tick: options.tick ?? (() => performance.now()),
		timeoutMs: options.timeoutMs ?? 5000,
		now: options.now ?? (() => Date.now()),
	};
	return {
		sentry: createSentryPort(client),
		browser: createBrowserPort({ environment: options.environment ?? {} }),
		serverFiles: createServerFilesPort(),
		packages: createPackagesPort(client),
		statusPage: createStatusPagePort({ ...client, ...(options.statusPages === undefined ? {} : { pages: options.statusPages }) }),
		convex: createConvexPort(client),
	} satisfies Record<keyof VendorPorts, unknown>;
}
