import { AsyncLocalStorage } from 'node:async_hooks';

/** @import { Deployment } from '../deployment.d.ts' */
/** @import { EngineDatabase } from './engine.d.ts' */

/**
 * Makes the engine's world and gives the deployment a way into it. Its first transaction is the only moment in which it shows its database.
 * @param {Deployment} deployment gets `test` and `inWorld`
 * @returns {Promise<EngineDatabase>}
 */
export async function startEngine(deployment) {
	const { engine, schema, modules } = deployment;
	const { hooks, DatabaseFake } = engine;
	const { startTransaction } = DatabaseFake.prototype;
	const { aroundOwnWork } = hooks;
	/** @type {EngineDatabase | undefined} */
	let database;
	/** @type {Deployment['inWorld'] | undefined} */
	let inWorld;
	DatabaseFake.prototype.startTransaction = /** @this {EngineDatabase} */ function start() {
		DatabaseFake.prototype.startTransaction = startTransaction;
		database = this;
		startTransaction.call(this);
	};
	hooks.aroundOwnWork = (work) => {
		hooks.aroundOwnWork = aroundOwnWork;
		inWorld = AsyncLocalStorage.snapshot();
		return work();
	};
	// In a context of nothing, which is kept for all calls: none sees the request of another.
	const test = await new AsyncLocalStorage().run(undefined, async () => {
		const made = engine.convexTest(schema, modules);
		await made.run(async () => null);
		return made;
	});
	if (!database || !inWorld) throw new Error('convex-test ran a transaction without a database. convex-local knows version 0.0.60.');
	Object.assign(deployment, { test, inWorld });
	return database;
}
