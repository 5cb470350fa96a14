import { Refusal } from '../refusal.mjs';
import { beginExecution, mustRun, originOf } from './begin-execution.mjs';
import { wordsOf } from './error-words.mjs';

/** @import { Deployment } from '../deployment.d.ts' */
/** @import { CallByPath } from '../engine/engine.d.ts' */

/**
 * Runs an action. What it calls has executions of its own in the log; that one of them is refused is an error of the action like any other.
 * @param {Deployment} deployment @param {CallByPath} once @returns {CallByPath}
 */
export function runAction(deployment, once) {
	const { log, origins, executions, permits } = deployment;
	return async (path, args, limits) => {
		mustRun(deployment);
		const origin = originOf(deployment);
		const execution = beginExecution(origin, 'Action', path.udfPath);
		const release = await permits.acquire('Action');
		const inner = { caller: 'Action', requestId: origin.requestId, parentId: execution.id, identity: origin.identity };
		try {
			const value = await executions.run(execution, () => origins.run(inner, () => once(path, args, limits)));
			log.note({ execution });
			return value;
		} catch (thrown) {
			const error = thrown instanceof Refusal ? new Error(thrown.message, { cause: thrown }) : thrown;
			log.note({ execution, error: wordsOf(error) });
			throw error;
		} finally {
			release();
		}
	};
}
