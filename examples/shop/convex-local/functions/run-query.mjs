import { convexToJson, jsonToConvex } from 'convex/values';
import { beginExecution, mustRun, originOf, takeTime } from './begin-execution.mjs';
import { wordsOf } from './error-words.mjs';

/** @import { Deployment } from '../deployment.d.ts' */
/** @import { CallByPath } from '../engine/engine.d.ts' */

/** A query is begun again when something was committed while it read, which would be a mix of two versions. */
const MOST_TURNS = 10;

/**
 * Runs a query, or gives its result of before while nothing that it was read from has changed (crates/application/src/cache/mod.rs).
 * Inside another query or mutation it is a part of that one's transaction.
 * @param {Deployment} deployment @param {CallByPath} once @returns {CallByPath}
 */
export function runQuery(deployment, once) {
	const { database, cache, log, executions, permits } = deployment;
	return async (path, args, limits) => {
		if (database.current()) return once(path, args, limits);
		mustRun(deployment);
		const origin = originOf(deployment);
		const key = JSON.stringify([path.udfPath, convexToJson(args ?? {}), origin.identity ?? null]);
		const found = cache.get(key);
		const execution = beginExecution(origin, 'Query', path.udfPath);
		if (found) {
			origin.token = found.token;
			execution.lines.push(...found.lines);
			log.note({ execution, cached: true, returnBytes: JSON.stringify(found.value).length });
			return jsonToConvex(found.value);
		}
		const release = await permits.acquire('Query');
		let transaction = database.begin();
		try {
			const run = () =>
				database.within(transaction, () => executions.run(execution, async () => convexToJson((await once(path, args, limits)) ?? null)));
			let value = await run();
			for (let turn = 1; turn < MOST_TURNS && !database.committer.isCurrent(transaction); turn++) {
				execution.lines.length = 0;
				transaction = database.begin();
				value = await run();
			}
			await takeTime(transaction.usage);
			cache.put(key, { value, lines: [...execution.lines], token: transaction }, transaction.observedTime);
			log.note({ execution, usage: transaction.usage, returnBytes: JSON.stringify(value).length });
			return jsonToConvex(value);
		} catch (error) {
			log.note({ execution, usage: transaction.usage, error: wordsOf(error) });
			throw error;
		} finally {
			origin.token = { reads: transaction.reads, version: transaction.version };
			transaction.settle();
			release();
		}
	};
}
