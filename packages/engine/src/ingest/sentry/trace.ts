/** Transactions, spans, sessions, check-ins and reports of loss, as they are kept. Times in milliseconds since 1970. */

/** One call of a route or job: a transaction of SDKs up to 10, a segment span of 11. */
export interface Transaction {
	/** 32 characters of hex. */
	readonly id: string;
	readonly name: string;
	readonly operation: string | null;
	readonly at: number;
	readonly durationMs: number;
	readonly failed: boolean;
	/** `ok`, `internal_error`, `not_found`; null when it was not said. */
	readonly status: string | null;
	readonly traceId: string | null;
	readonly spanId: string | null;
	readonly release: string | null;
	readonly environment: string;
	/** Answer of the application; null for what is no request. */
	readonly httpStatus: number | null;
	/** `lcp`, `fcp`: milliseconds where the unit is time. */
	readonly measurements: Readonly<Record<string, number>>;
}

export interface Span {
	readonly id: string;
	readonly traceId: string;
	readonly parentId: string | null;
	/** Span of the transaction that it belongs to; null when it was not said. */
	readonly segmentId: string | null;
	/** Name of that transaction. */
	readonly transaction: string | null;
	readonly name: string;
	readonly operation: string | null;
	readonly at: number;
	readonly durationMs: number;
	readonly failed: boolean;
	readonly release: string | null;
	readonly environment: string;
}

export type SessionStatus = 'ok' | 'exited' | 'crashed' | 'abnormal' | 'unhandled';

/** One session as it stands now: a later update replaces an earlier one, terminal states stand. */
export interface SessionUpdate {
	/** 32 characters of hex; null for one that is over and never updated. */
	readonly id: string | null;
	/** First update of the session. */
	readonly first: boolean;
	readonly status: SessionStatus;
	readonly errorCount: number;
	readonly startedAt: number;
	readonly at: number;
	readonly durationMs: number | null;
	/** Hash of whoever it was; null when it was not said. */
	readonly userHash: string | null;
	readonly release: string;
	readonly environment: string;
}

/** Sessions that the SDK counted itself, by minute. A session is in one of the four. */
export interface SessionCount {
	readonly startedAt: number;
	/** Without any error. */
	readonly healthyCount: number;
	/** With errors, but neither crashed nor abnormal. */
	readonly erroredCount: number;
	readonly abnormalCount: number;
	readonly crashedCount: number;
	/** Not handled, but the process went on. */
	readonly unhandledCount: number;
	readonly release: string;
	readonly environment: string;
}

export type CheckInStatus = 'in_progress' | 'ok' | 'error';

export type CronSchedule =
	| { readonly kind: 'crontab'; readonly value: string }
	| { readonly kind: 'interval'; readonly value: number; readonly unit: 'year' | 'month' | 'week' | 'day' | 'hour' | 'minute' };

export interface CheckIn {
	/** 32 characters of hex; null: the latest of this monitor that is in progress. */
	readonly id: string | null;
	/** Name of the job. */
	readonly monitor: string;
	readonly status: CheckInStatus;
	/** When it came in: the payload has no time of its own. */
	readonly at: number;
	readonly durationMs: number | null;
	readonly release: string | null;
	readonly environment: string;
	readonly traceId: string | null;
	/** How the job is meant to run; null when it is not said with this one. */
	readonly plan: CronPlan | null;
}

export interface CronPlan {
	readonly schedule: CronSchedule;
	readonly marginMinutes: number | null;
	readonly maxRuntimeMinutes: number | null;
	/** Failures in a row until it counts as failed. */
	readonly failureThreshold: number | null;
	readonly recoveryThreshold: number | null;
	/** IANA name; null is UTC. */
	readonly timezone: string | null;
}

/** What the SDK threw away before sending: what is counted here, is missing everywhere else. */
export interface ClientLoss {
	readonly at: number;
	/** `ratelimit_backoff`, `queue_overflow`, `before_send`. */
	readonly reason: string;
	/** `error`, `transaction`, `session`. */
	readonly category: string;
	readonly quantity: number;
}
