/** The inside of convex-test 0.0.60, as far as it is used here (node_modules/convex-test/dist/index.js). */
import type { Value } from 'convex/values';
import type { Document, Writes } from '../data/data.d.ts';

export interface RangeFilter {
	readonly type: 'Eq' | 'Gt' | 'Gte' | 'Lt' | 'Lte';
	readonly fieldPath: string;
}

export interface EngineQuery {
	readonly source:
		| { readonly type: 'FullTableScan'; readonly tableName: string }
		| { readonly type: 'IndexRange'; readonly indexName: string; readonly range: readonly RangeFilter[] }
		| { readonly type: 'Search'; readonly indexName: string };
}

export interface QuerySource {
	/** Documents of the range in the order of the query. */
	readonly sortedDocs: readonly Document[];
	readonly filterFn: (document: Document) => boolean;
	readonly limit: number | null;
	readonly fieldPathsToSortBy: readonly string[];
	readonly order: 'asc' | 'desc';
}

export interface PageRequest {
	readonly query: EngineQuery;
	readonly cursor: string | null;
	readonly endCursor?: string | null;
	readonly pageSize: number;
}

export interface Page {
	readonly page: readonly Document[];
	readonly isDone: boolean;
	readonly continueCursor: string;
}

/** `DatabaseFake`. */
export interface EngineDatabase {
	_documents: Record<string, Document>;
	/** One level for each transaction that is open inside another. */
	_writes: Writes[];
	_lastCreationTime: number;
	_nextDocId: number;
	startTransaction: () => void;
	commit: (timestamp: bigint | null) => void;
	get: (table: string | undefined, id: string) => Document | null;
	insert: (table: string, value: Record<string, Value>) => string;
	patch: (table: string | undefined, id: string, value: Record<string, Value>) => void;
	replace: (table: string | undefined, id: string, value: Record<string, Value>) => void;
	delete: (table: string | undefined, id: string) => void;
	paginate: (request: PageRequest) => Page;
	vectorSearch: (indexName: string, vector: readonly number[], expressions: readonly object[], limit: number | null) => object[];
	_generateId: (table: string) => string;
	_resolveQuerySource: (query: EngineQuery) => QuerySource;
	_evaluateQuery: (query: EngineQuery) => Document[];
	_docIsAfterCursor: (document: Document, keys: readonly (Value | undefined)[], fields: readonly string[], order: 'asc' | 'desc') => number;
}

export interface FunctionPath {
	readonly componentPath: string;
	readonly udfPath: string;
}

export type CallByPath = (path: FunctionPath, args: Record<string, Value> | undefined, limits?: object) => Promise<Value | undefined>;

/** Ways to call a function from anywhere: the wire, an action, the scheduler. */
export interface CallsByPath {
	queryFromPath: CallByPath;
	mutationFromPath: CallByPath;
	actionFromPath: CallByPath;
}

/** A document of `_scheduled_functions`. */
export type ScheduledDocument = Document & {
	readonly name: string;
	readonly args: readonly Value[];
	/** Milliseconds. */
	readonly scheduledTime: number;
	readonly state: { readonly kind: 'pending' | 'inProgress' | 'success' | 'failed' | 'canceled' };
};

export interface ScheduledJob {
	readonly db: EngineDatabase;
	readonly jobId: string;
	readonly componentPath: string;
	readonly functionPath: FunctionPath;
	readonly args: Value;
	readonly name: string;
}

/** What was put into the engine's way. */
export interface EngineHooks {
	/** Puts something around the calls, before anybody has them. */
	wrapCalls: (calls: CallsByPath) => void;
	/** Around what the engine does to the data by itself: states of scheduled functions, files. */
	aroundOwnWork: <R>(work: () => Promise<R>) => Promise<R>;
	aroundScheduled: (job: ScheduledJob, run: () => Promise<void>) => Promise<void>;
	/** Globals as a query or mutation sees them. */
	transactionGlobals: () => Record<string, unknown>;
}

/** What `convexTest` returns. */
export interface EngineTest {
	query: (reference: object, args: object) => Promise<Value | undefined>;
	mutation: (reference: object, args: object) => Promise<Value | undefined>;
	action: (reference: object, args: object) => Promise<Value | undefined>;
	run: <R>(work: () => Promise<R>) => Promise<R>;
	fetch: (path: string, init: RequestInit) => Promise<Response>;
	withIdentity: (identity: object) => EngineTest;
}

export interface Engine {
	readonly convexTest: (schema: object | undefined, modules: Record<string, () => Promise<object>>) => EngineTest;
	readonly DatabaseFake: { readonly prototype: EngineDatabase };
	readonly runScheduledFunction: (job: ScheduledJob) => Promise<void>;
	readonly evaluateRangeFilter: (document: Document, filter: RangeFilter) => boolean;
	readonly evaluateFieldPath: (path: string, document: Document) => Value | undefined;
	readonly hooks: EngineHooks;
}
