import { setTimeout as sleep } from 'node:timers/promises';
import { ConflictError } from '../refusal.mjs';
import { runAction } from './run-action.mjs';
import { runMutation } from './run-mutation.mjs';
import { runQuery } from './run-query.mjs';
import { runScheduled } from './scheduled.mjs';

/** @import { Deployment } from '../deployment.d.ts' */
/** @import { CallsByPath, ScheduledJob } from '../engine/engine.d.ts' */

/** Before the engine puts its own in the way. */
const RealDate = globalThis.Date;

/** Puts the deployment's way of running functions around the engine's, wherever they are called from. @param {Deployment} deployment */
export function watchCalls(deployment) {
	const { engine, database } = deployment;
	const globals = { Date: watchTime(deployment) };
	Object.assign(engine.hooks, {
		wrapCalls(/** @type {CallsByPath} */ calls) {
			const { queryFromPath, mutationFromPath, actionFromPath } = calls;
			calls.queryFromPath = runQuery(deployment, queryFromPath);
			calls.mutationFromPath = runMutation(deployment, mutationFromPath);
			calls.actionFromPath = runAction(deployment, actionFromPath);
		},
		/** @template R @param {() => Promise<R>} work @returns {Promise<R>} */
		async aroundOwnWork(work) {
			if (database.current()) return work();
			for (;;) {
				const transaction = database.begin();
				try {
					const result = await database.within(transaction, work);
					const { writes, reads, version } = transaction;
					if (Object.keys(writes).length > 0) await database.committer.commit({ writes, reads, version });
					return result;
				} catch (error) {
					if (!(error instanceof ConflictError)) throw error;
					await sleep(1);
				} finally {
					transaction.settle();
				}
			}
		},
		aroundScheduled: (/** @type {ScheduledJob} */ _job, /** @type {() => Promise<void>} */ run) => runScheduled(deployment, run),
		transactionGlobals: () => globals,
	});
}

/** `Date` that notes when a function asks what time it is. @param {Deployment} deployment */
function watchTime({ database }) {
	const note = () => {
		const transaction = database.current();
		if (transaction) transaction.observedTime = true;
	};
	/** @type {DateConstructor} */
	const observed = new Proxy(RealDate, {
		apply() {
			note();
			return new RealDate().toString();
		},
		construct(target, values, newTarget) {
			if (values.length === 0) note();
			return Reflect.construct(target, values, newTarget === observed ? target : newTarget);
		},
		get(target, key, receiver) {
			if (key === 'now') note();
			return Reflect.get(target, key, receiver);
		},
	});
	return observed;
}
