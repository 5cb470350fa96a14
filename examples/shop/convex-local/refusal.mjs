/**
 * What goes out as `{code, message}` and a status, and how a sync socket is closed for it: codes, words and statuses of get-convex/convex-backend,
 * crates/errors/src/lib.rs (`http_status_code`, `close_frame`) and the places that make them, August 2026.
 */
export class Refusal extends Error {
	/** @param {number} status @param {string} code @param {string} message */
	constructor(status, code, message) {
		super(message);
		this.status = status;
		this.code = code;
	}
}

/** What was read has been changed by somebody else before the commit. */
export class ConflictError extends Error {
	/** @param {import('./data/data.d.ts').Conflict} conflict */
	constructor(conflict) {
		super(`a document of ${conflict.table} that was read has changed`);
		this.conflict = conflict;
	}
}

export const INTERNAL_ERROR = "Your request couldn't be completed. Try again later.";
const SPREAD = 'Spread your writes out over time or throttle them to avoid errors.';
const NO_WORKERS = 'There are no available workers to process the request';

/**
 * Overload that a machine with one process never comes into by itself: asked for in the state file (`failing`).
 * @type {Readonly<Record<string, readonly [status: number, message: string]>>}
 */
const OVERLOADS = {
	TooManyConcurrentRequests: [429, 'Too many concurrent requests. Your backend is limited to 0 concurrent functions.'],
	TooManyWrites: [429, 'Too many writes per second. Your deployment is limited to 0 bytes written per 1 second.'],
	WorkerOverloaded: [503, NO_WORKERS],
	ExecuteFullError: [503, NO_WORKERS],
	InitialPermitTimeoutError: [503, 'Could not get a permit to run the function in time'],
	ExpiredInQueue: [
		503,
		'Too many concurrent requests in a short period of time. Spread out your requests or throttle them to avoid errors.',
	],
	CommitterFullError: [503, `Too many concurrent commits in a short period of time. ${SPREAD}`],
	SubscriptionsWorkerFullError: [
		503,
		'Too many concurrent subscription requests in a short period of time. Reduce the number of subscriptions.',
	],
	TooManyWritesInTimePeriod: [503, `Too many insert / update / delete operations in a short period of time. ${SPREAD}`],
	SearchIndexTooLarge: [503, 'Too many writes to a search index, backoff and try again'],
	VectorIndexTooLarge: [503, 'Too many writes to a vector index, backoff and try again'],
	SearchIndexesUnavailable: [503, 'Search indexes bootstrapping and not yet available for use'],
	ServiceUnavailable: [503, 'Service temporarily unavailable'],
	InternalServerError: [500, INTERNAL_ERROR],
};

export const knownFailures = Object.keys(OVERLOADS);

/** @param {string} code one of `knownFailures` @returns {Refusal} */
export function overload(code) {
	const [status, message] = OVERLOADS[code] ?? [500, INTERNAL_ERROR];
	return new Refusal(status, code, message);
}

/**
 * A mutation that lost against others on every attempt.
 * @param {import('./data/data.d.ts').Conflict} conflict @param {string} mutation
 */
export function occFailure({ table, documentId, source }, mutation) {
	const by = source === mutation ? 'Another call to this mutation' : `A call to "${source}"`;
	const who = source === null ? '' : `${by} changed the document with ID "${documentId}". `;
	return new Refusal(
		503,
		'OptimisticConcurrencyControlFailure',
		`Documents read from or written to the "${table}" table changed while this mutation was being run and on every subsequent retry. ${who}See https://docs.convex.dev/error#1`,
	);
}

/**
 * How a sync socket ends for a refusal. What the client is to blame for is told in a FatalError frame first, and closed without a code.
 * @param {unknown} error @returns {{ code: number, reason: string } | { fatal: string }}
 */
export function closeFrame(error) {
	if (!(error instanceof Refusal) || error.status === 500) return { code: 1011, reason: 'InternalServerError' };
	if (error.status === 429 || error.status === 503) return { code: 1013, reason: error.code };
	if (error.status === 403 || error.status === 404) return { code: 1000, reason: error.code };
	return { fatal: error.message };
}
