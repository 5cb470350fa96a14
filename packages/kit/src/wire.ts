/**
 * What an operated application says about itself, as it travels from the kit to whoever asks with the service's token.
 * Guarantee: fields are only added, never renamed, retyped or removed; a reader ignores what it does not know.
 * The outer shape follows draft-inadarei-api-health-check-06 (`status`, `checks`); what is ours stands under `holdfast`.
 */

/** Raised only if a reader of the old format could misread the new one. */
export const WIRE_VERSION = 1;

/** Media type of the private report; the public answer is `application/json`. */
export const HEALTH_MEDIA_TYPE = 'application/health+json';

/** The whole public answer: nothing else is ever in it. */
export interface PublicHealth {
	readonly status: 'ok' | 'error';
}

export type CheckStatus = 'pass' | 'warn' | 'fail';

export interface HealthCheckEntry {
	readonly componentType: 'component' | 'datastore' | 'system';
	readonly observedValue: number;
	readonly observedUnit: 's' | 'ms' | 'bytes' | 'count' | 'percent';
	readonly status: CheckStatus;
	/** ISO 8601, UTC. */
	readonly time: string;
	/** One sentence; absent on `pass`. */
	readonly output?: string;
}

export type EnvKind = 'string' | 'url' | 'secret' | 'integer' | 'boolean' | 'oneOf';

/** Stable codes of what can be wrong with a declared variable. */
export type EnvProblemCode =
	| 'missing'
	| 'empty'
	| 'malformed'
	| 'too-short'
	| 'sample-value'
	| 'out-of-range'
	| 'not-allowed'
	| 'white-space';

export interface EnvVariableReport {
	readonly name: string;
	readonly kind: EnvKind;
	readonly required: boolean;
	readonly present: boolean;
	/** Characters, null when absent. The value itself never travels. */
	readonly length: number | null;
	/** Declared minimum of characters; null where the kind has none. */
	readonly minLength: number | null;
	/** Null when the variable is as declared. */
	readonly problem: EnvProblemCode | null;
	/** A variable that is set, not declared, and named nearly like this absent one. */
	readonly nearest: string | null;
	/**
	 * Keyed fingerprint of the value: HMAC-SHA-256, 64 bits in hex, bound to the name. Null when the variable is absent or the application
	 * has no fingerprint key. Compares only with fingerprints under the same `keyId`.
	 */
	readonly fingerprint: string | null;
}

export interface EnvReport {
	readonly ok: boolean;
	/** Which key the fingerprints were made under, 32 bits in hex, the same for all instances that share the key. Null without a key. */
	readonly keyId: string | null;
	readonly variables: readonly EnvVariableReport[];
}

/** Which build answers. Null where it is not known; never guessed. */
export interface BuildReport {
	readonly id: string | null;
	readonly commit: string | null;
	/** ISO 8601. */
	readonly builtAt: string | null;
	readonly version: string | null;
}

export interface ProcessReport {
	/** Random per process: two answers with different ids come from different instances or from before and after a restart. */
	readonly instance: string;
	readonly node: string;
	readonly startedAt: string;
	readonly uptimeSeconds: number;
}

export interface MemoryReport {
	readonly rssBytes: number;
	readonly heapUsedBytes: number;
	readonly heapTotalBytes: number;
	readonly externalBytes: number;
	/** Heap limit of this Node process. */
	readonly heapLimitBytes: number;
	/** What the process may use before the system ends it: the container's limit, else the machine's memory. */
	readonly limitBytes?: number;
	readonly limitSource?: 'container' | 'machine';
	/** Used of that limit: by the container, else by this process. */
	readonly usedBytes?: number;
}

export interface CpuReport {
	/** Processor time of this process as a share of one core, since the report before; above 1 with several threads. Null when too little time went by. */
	readonly shareOfOneCore: number | null;
	/** Over how long the share was measured. */
	readonly windowMs: number | null;
	/** How many cores the process may use. */
	readonly coreCount: number;
	/** Load averages of the machine over 1, 5 and 15 minutes; null where the system has none. */
	readonly load: readonly [number, number, number] | null;
	/** Cores that the container may use, 0.5 for half of one; null where nothing limits it. */
	readonly limitCores?: number | null;
	/** Share of the last 10 s, 0 to 1, in which something that wanted a core had none (Linux PSI, `some avg10`, of the container where it has one); null where the system does not say. */
	readonly pressure?: number | null;
}

export interface EventLoopReport {
	/** Lateness of the last sample, or of the one that is due now, whichever is worse. */
	readonly delayMs: number;
	/** Mean and worst over the window. */
	readonly meanDelayMs: number;
	readonly maxDelayMs: number;
	/** 99th percentile over the window. */
	readonly p99DelayMs?: number;
	readonly windowMs: number;
	/** From which delay on the process counts as stuck. */
	readonly stuckAfterMs: number;
	readonly stuck: boolean;
}

/** File system that holds the application's working directory. */
export interface DiskReport {
	readonly totalBytes: number;
	/** Free for this process, not for root. */
	readonly freeBytes: number;
}

/** Open files and sockets of this process. */
export interface HandlesReport {
	/** Null where the system does not say. */
	readonly open: number | null;
	readonly limit: number | null;
}

/** Stable codes of what the application met when it asked its Convex deployment. */
export type ConvexProblemCode =
	| 'not-set'
	| 'malformed'
	| 'network'
	| 'timeout'
	| 'tls'
	| 'not-convex'
	| 'rate-limited'
	| 'server-error'
	| 'function-error';

/** The Convex deployment as this process sees it. */
export interface ConvexReport {
	/** Origin that the application uses; null when it has none that can be read. */
	readonly url: string | null;
	/** ISO 8601: when it was last asked; null when it never was. */
	readonly at: string | null;
	readonly status: 'ok' | 'fail' | 'unknown';
	readonly code: ConvexProblemCode | null;
	/** One sentence, redacted; null when all is well. */
	readonly message: string | null;
	readonly durationMs: number | null;
	/** How the application signs its users' tokens for Convex; null when it declares nothing. */
	readonly auth: {
		readonly issuer: string;
		readonly audience: string | null;
		readonly algorithm: string;
		readonly keyId: string | null;
	} | null;
}

export type VitalName = 'LCP' | 'INP' | 'CLS' | 'FCP' | 'TTFB';

/** Web Vitals of real visitors since the process began, at most the last hour. */
export interface VitalReport {
	/** Route pattern where the application says it, else a path with long segments replaced. */
	readonly route: string;
	readonly device: 'phone' | 'desktop' | 'other';
	readonly metric: VitalName;
	/** Page views that reported it. */
	readonly count: number;
	/** Milliseconds; CLS without unit. */
	readonly p75: number;
	/** What made it so most often: an element's selector, a URL without query. */
	readonly attribution: string | null;
}

export interface MaintenanceReport {
	readonly on: boolean;
	/** ISO 8601. */
	readonly since: string | null;
}

/** The list of ended sessions, which is refreshed in the background. */
export interface RevocationReport {
	/** Seconds since it was last refreshed; null when it never was. */
	readonly ageSeconds: number | null;
	/** Older than the application allows: a session that was ended may still pass. */
	readonly stale: boolean;
}

export interface HealthReport {
	readonly status: CheckStatus;
	readonly version?: string;
	readonly releaseId?: string;
	readonly serviceId?: string;
	/** Why the status is not `pass`, one sentence per reason. */
	readonly notes?: readonly string[];
	readonly checks: Readonly<Record<string, readonly HealthCheckEntry[]>>;
	readonly holdfast: {
		readonly wire: number;
		readonly at: string;
		readonly build: BuildReport;
		readonly process: ProcessReport;
		/** Null when the application declares no environment. */
		readonly environment: EnvReport | null;
		readonly memory: MemoryReport;
		readonly cpu: CpuReport;
		readonly eventLoop: EventLoopReport;
		/** Null or absent: not measured. */
		readonly disk?: DiskReport | null;
		readonly handles?: HandlesReport;
		/** Absent: the application declares no Convex. */
		readonly convex?: ConvexReport;
		/** Absent: no beacon is mounted. */
		readonly vitals?: readonly VitalReport[];
		readonly maintenance?: MaintenanceReport;
		readonly revocation?: RevocationReport;
	};
}
