/**
 * What is kept of what the SDKs send: the fields that are read, each of a known kind and size. Everything else stays outside.
 * The payloads are described at https://develop.sentry.dev/sdk/foundations/transport/event-payloads/.
 */
import type { Json } from '../values/json.ts';

export type Level = 'fatal' | 'error' | 'warning' | 'info' | 'debug';

export interface StackFrame {
	readonly file: string | null;
	readonly module: string | null;
	readonly function: string | null;
	readonly line: number | null;
	readonly column: number | null;
	/** The application's own code; null when the SDK does not say. */
	readonly inApp: boolean | null;
	/** The line itself, with its indentation; null without sources. */
	readonly source: string | null;
	readonly before: readonly string[];
	readonly after: readonly string[];
	/** Local variables, where the SDK collects them. */
	readonly variables: Json;
}

export interface ErrorCause {
	readonly type: string | null;
	readonly message: string | null;
	readonly module: string | null;
	/** Null when the SDK does not say. */
	readonly handled: boolean | null;
	/** How it was caught: `generic`, `onunhandledrejection`. */
	readonly mechanism: string | null;
	/** Made by the SDK to have a stack: its type means nothing. */
	readonly synthetic: boolean;
	/** Outermost call first, as Sentry sends them; at most 50, the middle left out. */
	readonly frames: readonly StackFrame[];
}

export interface Breadcrumb {
	readonly at: number | null;
	readonly category: string | null;
	readonly level: string | null;
	readonly message: string | null;
	readonly data: Json;
}

export interface ErrorEvent {
	/** 32 characters of hex: the same event sent twice has the same. */
	readonly id: string;
	/** Milliseconds since 1970, corrected by the sender's clock. */
	readonly at: number;
	readonly level: Level;
	readonly platform: string | null;
	readonly message: { readonly text: string; readonly template: string | null } | null;
	/** The cause first, what was caught last. */
	readonly causes: readonly ErrorCause[];
	/** The sender's own grouping; null for ours. */
	readonly fingerprint: readonly string[] | null;
	/** Name of the transaction, most often the route pattern. */
	readonly transaction: string | null;
	readonly release: string | null;
	readonly dist: string | null;
	readonly environment: string;
	readonly server: string | null;
	readonly logger: string | null;
	readonly tags: Readonly<Record<string, string>>;
	readonly user: EventUser | null;
	readonly request: EventRequest | null;
	readonly contexts: Readonly<Record<string, Json>>;
	readonly extra: Json;
	readonly breadcrumbs: readonly Breadcrumb[];
	readonly traceId: string | null;
	readonly spanId: string | null;
	/** `sentry.javascript.node 11.5.0`. */
	readonly sdk: string | null;
}

/** Who met it. Addresses of the network are not kept. */
export interface EventUser {
	readonly id: string | null;
	readonly email: string | null;
	readonly name: string | null;
}

export interface EventRequest {
	readonly method: string | null;
	readonly url: string | null;
	readonly query: string | null;
	readonly headers: Readonly<Record<string, string>>;
}
