/** Brings the monitors of the database to what the runbook and the configuration ask for. */
import { ENGINE_ACTOR, recordAudit } from '../audit/record.ts';
import { OperationError } from '../operation-error.ts';
import type { Database } from '../storage/open-database.ts';
import type { WantedMonitor } from './decide.ts';
import { holdService, markRemoved, markServicesRemoved, upsertMonitors } from './queries.ts';

export interface MonitorSync {
	/** Keys, each list sorted. */
	readonly added: readonly string[];
	readonly changed: readonly string[];
	readonly removed: readonly string[];
	readonly unchangedCount: number;
}

/**
 * All or nothing, and the same once more changes nothing. What is asked still keeps its state; what is not is marked, never deleted:
 * samples and incidents point to it.
 * @throws OperationError `invalid` when a question stands there twice; nothing is written
 */
export async function syncMonitors(
	database: Database,
	service: { readonly name: string; readonly url: string },
	wanted: readonly WantedMonitor[],
): Promise<MonitorSync> {
	refuseDuplicates(service.name, wanted);
	const now = await database.now();
	return await database.transaction(async (client) => {
		await holdService(client, service);
		const upserted = await upsertMonitors(client, { service: service.name, wanted, now });
		const removed = await markRemoved(client, { service: service.name, keys: wanted.map(({ key }) => key), now });
		const names = (isNew: boolean): readonly string[] => upserted.filter((one) => one.isNew === isNew).map(({ key }) => key);
		const report = { added: names(true).toSorted(), changed: names(false).toSorted(), removed: removed.toSorted() };
		if (upserted.length + removed.length > 0)
			await recordAudit(client, now, [
				{ actor: ENGINE_ACTOR, operation: 'monitor.sync', subject: `service/${service.name}`, detail: report },
			]);
		return { ...report, unchangedCount: wanted.length - upserted.length };
	});
}

/** Marks what the configuration has no more: services that are not among `kept`, and their monitors. @returns their names */
export async function retireServices(database: Database, kept: readonly string[]): Promise<readonly string[]> {
	const now = await database.now();
	return await database.transaction(async (client) => {
		const names = await markServicesRemoved(client, kept, now);
		for (const service of names) await markRemoved(client, { service, keys: [], now });
		await recordAudit(
			client,
			now,
			names.map((name) => ({ actor: ENGINE_ACTOR, operation: 'service.retire', subject: `service/${name}` })),
		);
		return names;
	});
}

function refuseDuplicates(service: string, wanted: readonly WantedMonitor[]): void {
	const twice = wanted.map(({ key }) => key).filter((key, index, keys) => keys.indexOf(key) !== index);
	if (twice.length === 0) return;
	throw new OperationError('invalid', `${service}: expected each question once, got ${[...new Set(twice)].join(', ')} more than once`, {
		hint: 'One question is one monitor: leave one of them.',
	});
}
