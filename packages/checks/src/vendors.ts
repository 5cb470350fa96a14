/** What checks ask of vendors. Implemented in `@holdfast/providers`, one folder each; vendor shapes stop at that door. */
import type { BrowserPort } from './vendors/browser.ts';
import type { ConvexPort } from './vendors/convex.ts';
import type { PackagesPort } from './vendors/packages.ts';
import type { SentryPort } from './vendors/sentry.ts';
import type { ServerFilesPort } from './vendors/server-files.ts';
import type { StatusPagePort } from './vendors/status-page.ts';
import type { VendorReach } from './vendors/verdict.ts';

export type * from './vendors/browser.ts';
export type * from './vendors/convex.ts';
export type * from './vendors/packages.ts';
export type * from './vendors/sentry.ts';
export type * from './vendors/server-files.ts';
export type * from './vendors/status-page.ts';
export type { NoAnswerCode, VendorReach, VendorVerdict } from './vendors/verdict.ts';

export interface VendorPorts {
	readonly statusPage: StatusPagePort;
	readonly convex: ConvexPort;
	readonly sentry: SentryPort;
	readonly browser: BrowserPort;
	readonly serverFiles: ServerFilesPort;
	readonly packages: PackagesPort;
}

/** @returns what the service allows, for a port. */
export function readReach({ private: allowed, ca }: VendorReach): VendorReach {
	return { private: allowed, ...(ca === undefined ? {} : { ca }) };
}
