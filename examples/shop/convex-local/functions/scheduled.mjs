/** @import { Database } from '../data/data.d.ts' */
/** @import { Deployment } from '../deployment.d.ts' */
/** @import { EngineDatabase, ScheduledDocument } from '../engine/engine.d.ts' */

/** What was scheduled and is kept. The engine writes these documents, in this shape. @param {Database} database */
export const listScheduled = (database) => /** @type {ScheduledDocument[]} */ (database.rows('_scheduled_functions'));

/**
 * Runs a scheduled function, once the mutation that scheduled it is on disk and when functions run: while a deployment is paused they wait.
 * @param {Deployment} deployment @param {() => Promise<void>} run
 */
export async function runScheduled({ database, origins, executions, state, report }, run) {
	await database.current()?.settled;
	await state.whenRunning();
	try {
		await database.outside(() => origins.run(undefined, () => executions.run(undefined, run)));
	} catch (error) {
		// Nobody waits for it: its state could not be kept.
		report({ event: 'convex-local.scheduled-failed', error: error instanceof Error ? error.message : String(error) });
	}
}

/**
 * Arms again what was scheduled before the process ended. What was running then has failed: whether it was done is not known, and it is not done twice.
 * @param {Deployment} deployment @param {EngineDatabase} engineDatabase
 */
export async function resumeScheduled({ engine, database, test, inWorld }, engineDatabase) {
	for (const { _id, state, name, args, scheduledTime } of listScheduled(database)) {
		if (state.kind === 'inProgress') {
			const failed = { state: { kind: 'failed' }, completedTime: Date.now() };
			await inWorld(() => test.run(async () => engineDatabase.patch('_scheduled_functions', _id, failed)));
		}
		if (state.kind !== 'pending') continue;
		const job = {
			db: engineDatabase,
			jobId: _id,
			componentPath: '',
			functionPath: { componentPath: '', udfPath: name },
			args: args[0] ?? {},
			name,
		};
		setTimeout(() => void inWorld(() => engine.runScheduledFunction(job)), Math.max(0, scheduledTime - Date.now())).unref();
	}
}
