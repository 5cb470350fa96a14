import type { Secret } from '../secret.ts';
import type { VendorReach, VendorVerdict } from './verdict.ts';

export interface BrowserWalk {
	/** Origin of the application. */
	readonly origin: string;
	/** Paths to open, in order, in one browser context. */
	readonly paths: readonly string[];
	/** Signs in by the page's own form before the paths are opened; null: nobody signs in. */
	readonly signIn: { readonly path: string; readonly user: string; readonly password: Secret } | null;
	/** Hosts besides the application's own that the browser may reach; all others are refused and counted apart. */
	readonly hosts: readonly string[];
	readonly reach: VendorReach;
}

export interface FailedRequest {
	/** Without query. */
	readonly url: string;
	readonly method: string;
	/** Null when no answer came. */
	readonly status: number | null;
	/** The browser's words: `net::ERR_CONNECTION_REFUSED`. */
	readonly error: string | null;
	/** `script`, `document`, `fetch`, … */
	readonly kind: string;
}

export interface WalkedPage {
	readonly path: string;
	/** Where it ended, without query. */
	readonly url: string;
	/** Null when no answer came. */
	readonly status: number | null;
	/** The browser's word when the page could not be opened: `net::ERR_TOO_MANY_REDIRECTS`. */
	readonly error: string | null;
	/** Something visible was painted. */
	readonly painted: boolean;
	/** Characters of visible text. */
	readonly textLength: number;
	/** Uncaught exceptions, redacted, each once. */
	readonly exceptions: readonly string[];
	/** Lines of the console at level error, redacted, each once; Content-Security-Policy reports are among them. */
	readonly consoleErrors: readonly string[];
	readonly failedRequests: readonly FailedRequest[];
	readonly durationMs: number;
}

export interface WalkReport {
	readonly pages: readonly WalkedPage[];
	/** `still-form`: the form came back, with `message` of the page. */
	readonly signIn: 'signed-in' | 'still-form' | 'no-form' | 'error' | 'not-tried';
	readonly signInMessage: string | null;
	/** Hosts outside the list that pages wanted to reach, with the number of requests; none of them was sent. */
	readonly refusedHosts?: readonly { readonly host: string; readonly count: number }[];
	/** PNG of the page that went wrong, else of the last. */
	readonly screenshot: Uint8Array | null;
	/** HAR 1.2 without bodies, cookies, credentials and query values. */
	readonly har: Uint8Array | null;
}

export interface BrowserPort {
	/** Walks an application in a Chromium of this machine. Without one: `not-configured`, saying how to install it. */
	walk(walk: BrowserWalk, signal: AbortSignal): Promise<VendorVerdict<WalkReport>>;
}
