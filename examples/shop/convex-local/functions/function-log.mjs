import { logEntries } from '../limits.mjs';

/** @import { Completion, FunctionLog, LogEntry } from './functions.d.ts' */

/**
 * The last executions, as `stream_function_logs` gives them (crates/local_backend/src/logs.rs of get-convex/convex-backend). In memory only: a restart
 * forgets them, as in the service.
 * @param {(entry: LogEntry, returnedBytes: number) => void} counted called with each entry
 * @returns {FunctionLog}
 */
export function createFunctionLog(counted) {
	/** @type {LogEntry[]} */
	const entries = [];
	/** @type {Set<() => void>} */
	const waiting = new Set();
	return {
		entries,
		note(completion) {
			const entry = describeCompletion(completion, entries.at(-1)?.timestamp ?? 0);
			entries.push(entry);
			if (entries.length > logEntries) entries.shift();
			counted(entry, completion.returnBytes ?? 0);
			for (const wake of waiting) wake();
		},
		wait: (cursor, milliseconds, signal) =>
			new Promise((resolve) => {
				const newest = entries.at(-1);
				if (signal.aborted || (newest && newest.timestamp > cursor)) return resolve(undefined);
				const done = () => {
					clearTimeout(timer);
					waiting.delete(done);
					signal.removeEventListener('abort', done);
					resolve(undefined);
				};
				const timer = setTimeout(done, milliseconds);
				waiting.add(done);
				signal.addEventListener('abort', done);
			}),
	};
}

/** @param {Completion} completion @param {number} last timestamp of the entry before: cursors are timestamps, so that no two are the same @returns {LogEntry} */
function describeCompletion(
	{ execution, usage, error = null, cached = false, returnBytes = null, httpStatus, occ = null, willRetry = false },
	last,
) {
	const now = Date.now() / 1000;
	const seconds = (performance.now() - execution.beganAt) / 1000;
	return {
		kind: 'Completion',
		udfType: execution.type,
		componentPath: null,
		identifier: execution.identifier,
		logLines: execution.lines,
		timestamp: Math.max(now, last + 0.000001),
		cachedResult: cached,
		caller: execution.caller,
		parentExecutionId: execution.parentId,
		executionTime: seconds,
		success: httpStatus === undefined ? null : { status: String(httpStatus) },
		error,
		requestId: execution.requestId,
		executionId: execution.id,
		occInfo: occ,
		willRetry,
		executionTimestamp: now - seconds,
		identityType: execution.identity ? 'user' : 'unknown',
		environment: 'isolate',
		returnBytes,
		usageStats: {
			databaseReadBytes: usage?.bytes ?? 0,
			databaseWriteBytes: usage?.writtenBytes ?? 0,
			databaseIoReadBytes: usage?.bytes ?? 0,
			databaseIoWriteBytes: usage?.writtenBytes ?? 0,
			databaseReadDocuments: usage?.documents ?? 0,
			databaseWriteDocuments: usage?.written ?? 0,
			storageReadBytes: 0,
			storageWriteBytes: 0,
			vectorIndexReadBytes: 0,
			vectorIndexWriteBytes: 0,
			textIndexReadBytes: 0,
			textIndexWriteBytes: 0,
			networkEgressBytes: 0,
			memoryUsedMb: 64,
		},
	};
}
