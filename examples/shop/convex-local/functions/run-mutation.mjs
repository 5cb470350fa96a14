import { setTimeout as sleep } from 'node:timers/promises';
import { convexToJson, jsonToConvex } from 'convex/values';
import { ConflictError, occFailure } from '../refusal.mjs';
import { beginExecution, mustRun, originOf, takeTime } from './begin-execution.mjs';
import { wordsOf } from './error-words.mjs';

/** @import { Transaction } from '../data/data.d.ts' */
/** @import { Deployment } from '../deployment.d.ts' */
/** @import { Execution, Origin } from './functions.d.ts' */
/** @import { JSONValue } from 'convex/values' */
/** @import { CallByPath } from '../engine/engine.d.ts' */

/** `UDF_EXECUTOR_OCC_MAX_RETRIES` and its backoff with full jitter (crates/common/src/knobs.rs, crates/common/src/backoff.rs). */
const MOST_RETRIES = 4;
const FIRST_BACKOFF_MS = 100;
const LONGEST_BACKOFF_MS = 2000;

/**
 * Runs a mutation until nobody has changed meanwhile what it read, at most five times; then it fails with the service's code. What it wrote is on disk
 * when it resolves. A mutation that a session sends again after its answer was lost is not done twice.
 * @param {Deployment} deployment @param {CallByPath} once @returns {CallByPath}
 */
export function runMutation(deployment, once) {
	const { database, log, executions } = deployment;
	return async (path, args, limits) => {
		if (database.current()) return once(path, args, limits);
		mustRun(deployment);
		const origin = originOf(deployment);
		const done = origin.session && database.sessionResult(origin.session);
		if (done) return jsonToConvex(done.value);
		for (let retryCount = 0; ; retryCount++) {
			const execution = beginExecution(origin, 'Mutation', path.udfPath);
			const transaction = database.begin();
			try {
				const value = await attempt(deployment, { origin, execution, transaction }, () =>
					database.within(transaction, () => executions.run(execution, () => once(path, args, limits))),
				);
				log.note({ execution, usage: transaction.usage, returnBytes: JSON.stringify(value).length });
				return jsonToConvex(value);
			} catch (thrown) {
				const conflict = thrown instanceof ConflictError ? thrown.conflict : null;
				const error = conflict ? occFailure(conflict, path.udfPath) : thrown;
				const willRetry = conflict !== null && retryCount < MOST_RETRIES;
				const occ = conflict && {
					tableName: conflict.table,
					documentId: conflict.documentId,
					writeSource: conflict.source,
					componentPath: null,
					retryCount,
				};
				log.note({ execution, usage: transaction.usage, error: wordsOf(error), occ, willRetry });
				if (!willRetry) throw error;
			} finally {
				transaction.settle();
			}
			await sleep(Math.random() * Math.min(FIRST_BACKOFF_MS * 2 ** retryCount, LONGEST_BACKOFF_MS));
		}
	};
}

/**
 * @param {Deployment} deployment @param {{ origin: Origin, execution: Execution, transaction: Transaction }} what
 * @param {() => ReturnType<CallByPath>} run @returns {Promise<JSONValue>}
 */
async function attempt({ database, permits }, { origin, execution, transaction }, run) {
	const release = await permits.acquire('Mutation');
	/** @type {JSONValue} */
	let value;
	try {
		value = convexToJson((await run()) ?? null);
		await takeTime(transaction.usage);
	} finally {
		release();
	}
	const record = origin.session ? database.sessionRecord(origin.session, { value }) : {};
	const writes = { ...transaction.writes, ...record };
	if (Object.keys(writes).length > 0)
		await database.committer.commit({
			writes,
			reads: transaction.reads,
			version: transaction.version,
			source: execution.identifier,
			limitedBytes: transaction.usage.writtenBytes,
		});
	return value;
}
