/** Documents, what is read and written of them, and where they are kept. */
import type { JSONValue, Value } from 'convex/values';

export type Document = Record<string, Value | undefined> & { readonly _id: string; readonly _creationTime: number };
/** Documents of one commit by their id; null removes one. */
export type Writes = Record<string, Document | null>;

/** A mutation of a sync session, which a client sends again when the answer was lost. */
export interface SessionRequest {
	readonly sessionId: string;
	readonly requestId: number;
}

/** What a committed mutation of a session answered. */
export interface SessionResult {
	readonly value: JSONValue;
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
