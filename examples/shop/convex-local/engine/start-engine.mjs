import { AsyncLocalStorage } from 'node:async_hooks';

/** @import { Deployment } from '../deployment.d.ts' */
/** @import { EngineDatabase } from './engine.d.ts' */

/** Makes the engine's world and gives the rest of the deployment a way into it. @param {Deployment} deployment @returns {Promise<EngineDatabase>} */
export async function startEngine(deployment) {
	const { engine, schema, modules } = deployment;
	const [test, inWorld] = await new AsyncLocalStorage().run(
		undefined,
		async () => /** @type {const} */ ([engine.convexTest(schema, modules), AsyncLocalStorage.snapshot()]),
	);
	Object.assign(deployment, { test, inWorld });
	return new Promise((resolve, reject) => {
		const { prototype } = engine.DatabaseFake;
		const { startTransaction } = prototype;
		// The first transaction is the only moment in which the engine shows its database.
		prototype.startTransaction = /** @this {EngineDatabase} */ function start() {
			prototype.startTransaction = startTransaction;
			resolve(this);
			startTransaction.call(this);
		};
		inWorld(() => test.run(async () => null)).catch(reject);
	});
}
