/** The parts of a deployment and what goes between them. */
import type { AsyncLocalStorage } from 'node:async_hooks';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import type { JSONValue, Value } from 'convex/values';
import type { Engine, EngineTest } from './engine/engine.d.ts';

export type Document = Record<string, Value | undefined> & { readonly _id: string; readonly _creationTime: number };
/** Documents of one commit by their id; null removes one. */
export type Writes = Record<string, Document | null>;

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

/** A function as the builders of `convex/server` make it. */
export interface RegisteredFunction {
	readonly isQuery?: true;
	readonly isMutation?: true;
	readonly isAction?: true;
	readonly isPublic?: true;
	readonly isInternal?: true;
	readonly exportArgs?: () => string;
	readonly exportReturns?: () => string;
}

export interface AuthProvider {
	readonly type?: 'customJwt';
	readonly issuer?: string;
	readonly domain?: string;
	readonly applicationID?: string;
	readonly jwks?: string;
	readonly algorithm?: 'RS256' | 'ES256';
}

/** What a team's folder of functions was bundled to. */
export interface LoadedFunctions {
	readonly engine: Engine;
	readonly modules: Record<string, () => Promise<object>>;
	/** By `module:name`. */
	readonly functions: ReadonlyMap<string, RegisteredFunction>;
	readonly schema: { readonly tables: Record<string, object> } | undefined;
	readonly http: HttpRouter | undefined;
	/** SHA-256 of the sources: another one is another push. */
	readonly digest: string;
	/** Evaluated anew on each call, since it may depend on the deployment's environment. */
	readonly providers: () => Promise<AuthProvider[]>;
}

export interface HttpRouter {
	readonly lookup: (path: string, method: string) => readonly [object, string, string] | null;
	readonly getRoutes: () => readonly (readonly [path: string, method: string, handler: object])[];
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

/** A mutation of a sync session, which a client sends again when the answer was lost. */
export interface SessionRequest {
	readonly sessionId: string;
	readonly requestId: number;
}

/** What a committed mutation of a session answered. */
export interface SessionResult {
	readonly value: JSONValue;
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

/** One read: all documents of a table that `covers` says yes to, also those that are not there yet. */
export interface ReadRange {
	readonly table: string;
	readonly covers: (document: Document) => boolean;
}

/** Reads, and the version of the data that they were made at. */
export interface ReadToken {
	readonly reads: readonly ReadRange[];
	readonly version: number;
}

export interface TransactionUsage {
	documents: number;
	bytes: number;
	/** Different index ranges and documents that were asked for. */
	readonly ranges: Set<string>;
	written: number;
	writtenBytes: number;
	scheduled: number;
}

/** One attempt to run a query or mutation. */
export interface Transaction {
	readonly reads: ReadRange[];
	readonly usage: TransactionUsage;
	/** Version of the data when it began. */
	readonly version: number;
	/** Set when it ends without an error. */
	writes: Writes;
	/** It asked what time it is. */
	observedTime: boolean;
	/** Resolves when its writes are on disk, or never will be. */
	readonly settled: Promise<void>;
	readonly settle: () => void;
}

export interface Conflict {
	readonly table: string;
	readonly documentId: string;
	/** The mutation that changed it, when it was one. */
	readonly source: string | null;
}

export interface CommitRequest {
	readonly writes: Writes;
	readonly reads?: readonly ReadRange[];
	/** Of the data that `reads` were made at. */
	readonly version?: number;
	readonly source?: string | null;
	/** Bytes that count against the write throughput of the deployment's class. */
	readonly limitedBytes?: number;
}

export interface Committer {
	readonly version: () => number;
	/** Whether nothing was committed since that would be read otherwise. */
	readonly isCurrent: (token: ReadToken) => boolean;
	/** Whatever was read is to be read again: the environment or the state is another one. */
	readonly invalidate: () => void;
	/**
	 * Resolves when the documents are on disk and can be read.
	 * @throws {ConflictError} when something that was read has changed
	 * @throws {Refusal} 429 when the deployment writes more a second than its class may
	 */
	readonly commit: (request: CommitRequest) => Promise<void>;
	readonly idle: () => Promise<void>;
}

export interface Journal {
	/** What was found on disk. */
	readonly documents: Writes;
	/** Resolves when all of it is on disk; where that fails nothing of it is. */
	readonly append: (commits: readonly Writes[]) => Promise<void>;
	readonly close: () => Promise<void>;
}

export interface Settings<T> {
	readonly value: T;
	/** On disk when it returns. */
	readonly save: () => void;
}

export interface Database {
	readonly committer: Committer;
	/** Every document of the application by id. */
	readonly all: () => Readonly<Record<string, Document>>;
	readonly tables: () => readonly string[];
	/** Documents of a table, the oldest first. */
	readonly rows: (table: string) => Document[];
	readonly newId: (table: string) => string;
	readonly begin: () => Transaction;
	/** Work in it reads and writes for this attempt. */
	readonly within: <R>(transaction: Transaction, work: () => R) => R;
	readonly current: () => Transaction | undefined;
	/** Work in it belongs to no attempt. */
	readonly outside: <R>(work: () => R) => R;
	readonly sessionResult: (session: SessionRequest) => SessionResult | undefined;
	/** The document that remembers what a session's mutation answered. */
	readonly sessionRecord: (session: SessionRequest, result: SessionResult) => Writes;
	readonly auditLog: () => readonly AuditEvent[];
	readonly close: () => Promise<void>;
}

/** An entry of the audit log. Values of variables are never in it. */
export interface AuditEvent {
	readonly _id: string;
	readonly _creationTime: number;
	readonly action: string;
	readonly metadata: Record<string, JSONValue>;
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

export interface ImportJob {
	readonly id: string;
	readonly state: Record<string, JSONValue>;
}

export interface Archive {
	readonly latestExport: () => Record<string, JSONValue> | null;
	readonly requestExport: () => void;
	readonly exportedZip: () => Uint8Array;
	readonly imports: () => readonly Record<string, JSONValue>[];
	readonly importState: (id: string) => Record<string, JSONValue> | null;
	readonly addPart: (bytes: Buffer) => string;
	readonly finishUpload: (request: ImportRequest) => { readonly importId: string };
	readonly performImport: (id: string) => Promise<void>;
	readonly cancelImport: (id: string) => void;
}

export interface ImportRequest {
	readonly import: {
		readonly tableName?: string | null;
		readonly mode: 'requireEmpty' | 'append' | 'replace' | 'replaceAll';
		readonly format: string | { readonly format?: string };
	};
	readonly partTokens: readonly string[];
}

export interface Deployment extends LoadedFunctions {
	readonly name: string;
	readonly version: string;
	url: string;
	siteUrl: string;
	/** Clients see that a function failed, and not with what words. */
	readonly redact: boolean;
	readonly isAdminKey: (given: string) => boolean;
	/** Variables of the functions, read live. */
	readonly environment: Settings<Record<string, string>>;
	readonly state: StateSwitch;
	readonly usage: UsageMeter;
	readonly database: Database;
	readonly log: FunctionLog;
	readonly cache: QueryCache;
	readonly permits: Permits;
	readonly archive: Archive;
	readonly test: EngineTest;
	/** Where the call that is being made comes from. */
	readonly origins: AsyncLocalStorage<Origin | undefined>;
	/** The function that is running. */
	readonly executions: AsyncLocalStorage<Execution | undefined>;
	/** Runs work where the engine finds its data. */
	readonly inWorld: <R>(work: () => R) => R;
	/** A time that no earlier caller was given, in microseconds. */
	readonly tick: () => number;
	/** Told after each commit and each change of state or environment. */
	readonly subscribers: Set<() => void>;
	readonly announce: () => void;
	readonly call: (call: FunctionCall) => Promise<Answer>;
	/** A line for whoever runs the process. */
	readonly report: (line: object) => void;
	readonly audit: (action: string, metadata: Record<string, JSONValue>) => Promise<void>;
}

/** One request as the routes see it. */
export interface RouteRequest {
	readonly method: string;
	readonly path: string;
	readonly query: URLSearchParams;
	readonly headers: IncomingHttpHeaders;
	readonly body: Buffer;
	/** The body as JSON, `{}` when there is none; throws a SyntaxError. */
	readonly json: () => unknown;
	readonly caller: Caller;
	readonly requestId: string | undefined;
	/** Says that the client has gone. */
	readonly gone: AbortSignal;
	readonly incoming: IncomingMessage;
	readonly response: ServerResponse;
}

/** What goes out: text as it is, anything else as JSON; undefined when the route answered by itself. */
export type RouteAnswer = string | object | null | undefined;
export type Route = (deployment: Deployment, request: RouteRequest) => RouteAnswer | Promise<RouteAnswer>;
