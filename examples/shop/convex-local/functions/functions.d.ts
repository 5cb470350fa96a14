/** Calls of functions: who makes them, what comes of them, what the log keeps. */

import type { JSONValue } from 'convex/values';
import type { ReadToken, SessionRequest, TransactionUsage } from '../data/data.d.ts';

export type FunctionType = 'Query' | 'Mutation' | 'Action';

/** Whom a token speaks for. */
export interface Identity {
	readonly subject: string;
	readonly issuer: string;
	readonly tokenIdentifier: string;
	readonly name?: string;
	readonly email?: string;
}

/** Who asks. */
export interface Caller {
	readonly admin: boolean;
	readonly identity?: Identity | undefined;
}

/** One call of a function, as its answer goes out. */
export type Answer =
	| { readonly status: 'success'; readonly value: JSONValue; readonly logLines: readonly string[] }
	| { readonly status: 'error'; readonly errorMessage: string; readonly errorData?: JSONValue; readonly logLines: readonly string[] };

export interface LogLine {
	readonly level: string;
	readonly messages: readonly string[];
	/** Milliseconds. */
	readonly timestamp: number;
	readonly isTruncated: boolean;
}

/** One run of one function, while it runs. */
export interface Execution {
	readonly id: string;
	readonly requestId: string;
	readonly parentId: string | null;
	readonly type: FunctionType | 'HttpAction';
	readonly identifier: string;
	readonly caller: string;
	readonly identity: Identity | undefined;
	readonly lines: LogLine[];
	/** Milliseconds of the process's clock. */
	readonly beganAt: number;
}

/** Where a call comes from; what happened is written back for whoever asked. */
export interface Origin {
	readonly caller: string;
	readonly requestId: string;
	readonly parentId: string | null;
	readonly identity: Identity | undefined;
	readonly session?: SessionRequest | undefined;
	/** The function that the origin called, once it runs. */
	execution?: Execution;
	/** What its result was read from, when it is a query. */
	token?: ReadToken;
}

export interface UsageLimit {
	readonly id: string;
	readonly name: string | null;
	readonly metric: string;
	readonly window: 'day' | 'month';
	readonly limitType: 'warning' | 'disable';
	readonly limit: number;
	readonly enabled: boolean;
}

/** Kept in `documents.jsonl.state.json`. */
export interface DeploymentState {
	/** Set by the vendor on a real deployment: here in the file only, while the deployment is stopped. */
	system: 'none' | 'disabled' | 'suspended';
	user: 'none' | 'paused';
	/** Whose limits a disabled deployment exceeded. In the file only. */
	plan: 'free' | 'paid';
	/** A code that every call of a public function is refused with, such as WorkerOverloaded. In the file only. */
	failing: string | null;
	limits: UsageLimit[];
}

export interface StateSwitch {
	readonly value: DeploymentState;
	/** Why public functions do not run now, in the service's words; undefined when they do. */
	readonly refusal: () => string | undefined;
	/** Throws when the state file asks for a failure. */
	readonly failIfAsked: () => void;
	readonly usageLimit: () => 'none' | 'disabled';
	/** Resolves when public functions run. */
	readonly whenRunning: () => Promise<void>;
	/** Stores the state and lets everything look again. */
	readonly changed: () => void;
}

export interface UsageMeter {
	readonly add: (entry: LogEntry, returnedBytes: number) => void;
	readonly used: (metric: string, window: 'day' | 'month') => number;
	readonly save: () => void;
}

export interface OccInfo {
	readonly tableName: string;
	readonly documentId: string;
	readonly writeSource: string | null;
	readonly componentPath: null;
	readonly retryCount: number;
}

/** An entry of the function log, as `stream_function_logs` gives it. Times in seconds. */
export interface LogEntry {
	readonly kind: 'Completion';
	readonly udfType: Execution['type'];
	readonly componentPath: null;
	readonly identifier: string;
	readonly logLines: readonly LogLine[];
	readonly timestamp: number;
	readonly cachedResult: boolean;
	readonly caller: string;
	readonly parentExecutionId: string | null;
	readonly executionTime: number;
	readonly success: { readonly status?: string } | null;
	readonly error: string | null;
	readonly requestId: string;
	readonly executionId: string;
	readonly occInfo: OccInfo | null;
	readonly willRetry: boolean;
	readonly executionTimestamp: number;
	readonly identityType: 'user' | 'unknown';
	readonly environment: 'isolate';
	readonly returnBytes: number | null;
	readonly usageStats: Readonly<Record<string, number>>;
}

/** What is known of an execution when it ends. */
export interface Completion {
	readonly execution: Execution;
	readonly usage?: TransactionUsage;
	readonly error?: string | null;
	readonly cached?: boolean;
	readonly returnBytes?: number | null;
	/** Of an HTTP action. */
	readonly httpStatus?: number;
	readonly occ?: OccInfo | null;
	readonly willRetry?: boolean;
}

export interface FunctionLog {
	readonly entries: readonly LogEntry[];
	readonly note: (completion: Completion) => void;
	/** Resolves when there is an entry after the cursor, after the time, or when the signal says so. */
	readonly wait: (cursor: number, milliseconds: number, signal: AbortSignal) => Promise<void>;
}

export interface CachedResult {
	readonly value: JSONValue;
	readonly lines: readonly LogLine[];
	readonly token: ReadToken;
}

export interface QueryCache {
	readonly get: (key: string) => CachedResult | undefined;
	readonly put: (key: string, result: CachedResult, observedTime: boolean) => void;
}

/** Places for functions that run at the same time, by kind. */
export interface Permits {
	/** @throws {Refusal} 429 TooManyConcurrentRequests when none is free for 5 s */
	readonly acquire: (kind: FunctionType | 'HttpAction') => Promise<() => void>;
	readonly running: () => Readonly<Record<string, number>>;
}

export interface FunctionCall {
	readonly path: string;
	/** An array with one object, or the object. */
	readonly args: unknown;
	/** What it is called as; whatever it is when absent. */
	readonly type?: FunctionType | undefined;
	readonly caller: Caller;
	readonly from: string;
	readonly requestId?: string | undefined;
	readonly session?: SessionRequest | undefined;
	/** Told what a query was read from. */
	readonly onRead?: (token: ReadToken) => void;
}
