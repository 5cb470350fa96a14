import type { Secret } from '../secret.ts';
import type { VendorReach, VendorVerdict } from './verdict.ts';

/** One Convex deployment as it is asked. */
export interface ConvexTarget {
	/** Origin of the deployment, `https://<name>.convex.cloud`. */
	readonly url: string;
	/** Admin or deploy key. Absent: only what any visitor may ask; the rest answers `not-configured` and says what to set. */
	readonly adminKey?: Secret;
	readonly reach?: VendorReach;
}

/** Why a function gave no value. `redacted`: the deployment hides its words, so paused and broken look alike. */
export type ConvexErrorKind =
	| 'paused'
	| 'disabled'
	| 'suspended'
	| 'over-limit'
	| 'redacted'
	| 'no-such-function'
	| 'unauthenticated'
	| 'arguments'
	| 'transaction-limit'
	| 'application'
	| 'other';

export type ConvexCallResult =
	| { readonly ok: true; readonly value: unknown; readonly durationMs: number }
	| { readonly ok: false; readonly error: ConvexErrorKind; readonly message: string; readonly durationMs: number };

export interface ConvexCall {
	readonly kind: 'query' | 'mutation' | 'action';
	/** `messages:list`. */
	readonly path: string;
	readonly args?: Readonly<Record<string, unknown>>;
	/** A user's JWT. Absent: nobody. */
	readonly token?: Secret;
}

export interface ConvexSync {
	/** Milliseconds until the WebSocket was open. */
	readonly openMs: number;
	/** Milliseconds until the first transition; null when none came. */
	readonly firstTransitionMs: number | null;
	/** What the first query gave: a result, or its error. */
	readonly query: 'result' | 'error' | 'none';
	readonly message: string | null;
}

/** Three independent switches; functions run when all three are `none` (facts: Convex, paused and disabled). */
export interface ConvexState {
	readonly system: 'none' | 'disabled' | 'suspended';
	readonly usageLimit: 'none' | 'disabled';
	readonly user: 'none' | 'paused';
	readonly running: boolean;
}

/** One execution of a function, from the deployment's log. */
export interface ConvexExecution {
	/** `messages:list`, or `GET /health` of an HTTP action. */
	readonly path: string;
	readonly kind: 'query' | 'mutation' | 'action' | 'http-action';
	/** ISO 8601, UTC. */
	readonly at: string;
	readonly durationMs: number;
	/** Null when it succeeded. Redacted, at most 500 characters. */
	readonly error: string | null;
	readonly cached: boolean;
	readonly documentsRead: number | null;
	readonly bytesRead: number | null;
	readonly bytesReturned: number | null;
	/** Write conflicts of this execution. */
	readonly conflict: boolean;
	/** Lines that the function itself logged at WARN or ERROR, redacted. */
	readonly lines: readonly string[];
}

export interface ConvexLog {
	/** Oldest first. The deployment keeps the last 1,000 executions in memory, and none over a restart. */
	readonly executions: readonly ConvexExecution[];
	/** True when older executions of the window may be missing because the buffer was full or the deployment restarted. */
	readonly mayHaveGap: boolean;
	/** Nothing came in time, and the deployment answers otherwise: there is nothing in the log, or it is slow. */
	readonly silent?: true;
}

export interface ConvexUsage {
	readonly metrics: readonly {
		readonly metric: string;
		readonly unit: string;
		readonly day: number | null;
		readonly month: number | null;
	}[];
	readonly limits: readonly {
		readonly metric: string;
		readonly window: 'day' | 'month';
		readonly type: 'warning' | 'disable';
		readonly limit: number;
		readonly enabled: boolean;
	}[];
	/** False while the deployment is still adding up its figures. */
	readonly complete: boolean;
}

export interface ConvexAuthProvider {
	readonly kind: 'oidc' | 'custom-jwt';
	readonly issuer: string;
	/** Audience; null when tokens of any audience are accepted. */
	readonly audience: string | null;
	/** Of a custom JWT provider; null where discovery says it. `data:` URIs are given as `data:`. */
	readonly jwksUrl: string | null;
	readonly algorithm: string | null;
	/** Keys at the JWKS, fetched by the provider under its own bounds; null when it could not be had. */
	readonly keys: readonly { readonly keyId: string | null; readonly algorithm: string | null }[] | null;
	/** Why `keys` is null. */
	readonly keysProblem: string | null;
}

export interface ConvexAuditEvent {
	/** ISO 8601. */
	readonly at: string;
	/** `update_environment_variable`. */
	readonly action: string;
	/** `system`, `member`: which kind of actor, not who. */
	readonly actor: string;
}

export interface ConvexAuditLog {
	/** Oldest first. */
	readonly events: readonly ConvexAuditEvent[];
	/** False: there are more than were read. */
	readonly complete: boolean;
}

/** A field that holds the id of a document of another table. */
export interface ConvexReference {
	readonly table: string;
	/** `userId`; of a field inside another `owner.id`; of a list `members[]`. */
	readonly field: string;
	readonly to: string;
}

export interface ConvexTableInspection {
	readonly table: string;
	/** Documents in the table; null when neither counted nor read to the end. */
	readonly count: number | null;
	/** Newest documents that were looked at. */
	readonly looked: number;
	/** Fields that are not as the schema declares them, most frequent first, at most 20. */
	readonly invalid: readonly { readonly field: string; readonly expected: string; readonly documents: number }[];
	readonly references: readonly (Omit<ConvexReference, 'table'> & {
		/** Different documents that are referred to. */
		readonly looked: number;
		/** That do not exist. */
		readonly dangling: number;
		/** Of which it could not be told. */
		readonly undecided: number;
	})[];
}

export interface ConvexInspection {
	readonly tables: readonly ConvexTableInspection[];
	/** Tables that were not looked at, because there are so many. */
	readonly skipped: number;
	/** `enforced`: the deployment refuses documents that do not fit; `off`: it is told not to; `not-told`: its version does not say. */
	readonly schema: 'enforced' | 'off' | 'none' | 'not-told';
}

export interface ConvexPort {
	/** Asks `GET /version`: the process is up. Says nothing about functions: a paused deployment answers too. */
	readVersion(
		url: string,
		signal: AbortSignal,
		reach?: VendorReach,
	): Promise<VendorVerdict<{ readonly version: string; readonly durationMs: number }>>;
	/** Calls one function. A function that fails is an answer (`ok: false`), not silence; 429 and 503 are `rate-limited` and `server-error`. */
	callFunction(target: ConvexTarget, call: ConvexCall, signal: AbortSignal): Promise<VendorVerdict<ConvexCallResult>>;
	/** Opens the sync WebSocket as a browser does, subscribes to one query (absent: one that exists nowhere) and waits for the transition. */
	probeSync(target: ConvexTarget, query: string | null, signal: AbortSignal): Promise<VendorVerdict<ConvexSync>>;
	/** Presents a Bearer token that nobody issued. `refused` is as it should be. */
	probeForeignToken(target: ConvexTarget, signal: AbortSignal): Promise<VendorVerdict<'refused' | 'accepted'>>;
	/** Asks an HTTP action of the application: `GET <site URL><path>`. @param siteUrl null: derived from the URL. */
	readHttpAction(
		target: ConvexTarget,
		options: { readonly siteUrl: string | null; readonly path: string },
		signal: AbortSignal,
	): Promise<VendorVerdict<{ readonly status: number; readonly body: string; readonly durationMs: number; readonly url: string }>>;
	readState(target: ConvexTarget, signal: AbortSignal): Promise<VendorVerdict<ConvexState>>;
	/** @param sinceMs milliseconds since the epoch: older executions are left out. */
	readLog(target: ConvexTarget, sinceMs: number, signal: AbortSignal): Promise<VendorVerdict<ConvexLog>>;
	/** What was changed on the deployment, at most 500 events. @param sinceMs milliseconds since the epoch. */
	readAuditLog(target: ConvexTarget, sinceMs: number, signal: AbortSignal): Promise<VendorVerdict<ConvexAuditLog>>;
	readUsage(target: ConvexTarget, signal: AbortSignal): Promise<VendorVerdict<ConvexUsage>>;
	readAuthProviders(target: ConvexTarget, signal: AbortSignal): Promise<VendorVerdict<readonly ConvexAuthProvider[]>>;
	/** Names only: values never leave the provider. */
	listEnvironment(target: ConvexTarget, signal: AbortSignal): Promise<VendorVerdict<readonly string[]>>;
	/** Whether a document of `table` has `field` equal to `value`, looking at the newest 5,000 at most. `disabled`: whether that document has `disabled: true`; absent where it has no such field. */
	findDocument(
		target: ConvexTarget,
		where: { readonly table: string; readonly field: string; readonly value: string },
		signal: AbortSignal,
	): Promise<VendorVerdict<{ readonly found: boolean; readonly looked: number; readonly complete: boolean; readonly disabled?: boolean }>>;
	/**
	 * Compares the newest `sample` documents of each table with the schema, and follows their references. Documents never leave the provider.
	 * @param refs references besides those that the schema declares.
	 */
	inspectData(
		target: ConvexTarget,
		options: { readonly sample: number; readonly refs: readonly ConvexReference[] },
		signal: AbortSignal,
	): Promise<VendorVerdict<ConvexInspection>>;
	/** Public functions and HTTP actions, as `convex function-spec` lists them. */
	listFunctions(
		target: ConvexTarget,
		signal: AbortSignal,
	): Promise<VendorVerdict<readonly { readonly path: string; readonly kind: ConvexExecution['kind']; readonly public: boolean }[]>>;
	/** When code was last pushed; null when the deployment does not say. */
	readLastPush(target: ConvexTarget, signal: AbortSignal): Promise<VendorVerdict<{ readonly at: string | null }>>;
}
