/**
 * Looks after what a change of state left over, because something excused it then and does not any more: a failure within a maintenance
 * window that has ended, a monitor that flapped and now stays, an echo whose root is well. Guarantee: a monitor that fails without an
 * excuse has an incident, and an incident whose monitors are all well does not stay open.
 */
import { ENGINE_ACTOR, recordAudit } from '../audit/record.ts';
import { findUpstream, findWindow, type Window } from '../observe/decide.ts';
import { countChanges, insertTransition, listFailing, listWindows } from '../observe/queries.ts';
import type { Database } from '../storage/open-database.ts';
import { FLAPPING_CHANGES } from '../transition/decide.ts';
import { addEntry, holdIncidents, resolveIncident } from './queries.ts';
import { listLeftFailing, listLeftOpen } from './sweep-queries.ts';
import { drawConsequence, writeEntry } from './work.ts';

const FLAPPING_WITHIN_MS = 30 * 60_000;

export interface SweepReport {
	/** Monitors that now have an incident. */
	readonly taken: readonly number[];
	/** Incidents that were over. */
	readonly resolved: readonly number[];
}

export async function sweepIncidents(database: Database): Promise<SweepReport> {
	const now = await database.now();
	const services = [...(await listLeftFailing(database.pool, null, now)), ...(await listLeftOpen(database.pool, null))].map(
		({ service }) => service,
	);
	const taken: number[] = [];
	const resolved: number[] = [];
	for (const service of [...new Set(services)].toSorted()) {
		const swept = await sweepService(database, service, now);
		taken.push(...swept.taken);
		resolved.push(...swept.resolved);
	}
	return { taken, resolved };
}

function sweepService(database: Database, service: string, now: number): Promise<SweepReport> {
	return database.transaction(async (client) => {
		await holdIncidents(client, [service]);
		const failing = await listFailing(client, [service]);
		const window = findWindow(service, (await listWindows(client, now)) as Window[]);
		const left = window === null ? await listLeftFailing(client, service, now) : [];
		const open = await listLeftOpen(client, service);
		const ids = [...left.map(({ id }) => id), ...open.flatMap(({ members }) => members)];
		const changes = await countChanges(client, ids, now - FLAPPING_WITHIN_MS);
		const isQuiet = (id: number): boolean => (changes.get(id) ?? 0) < FLAPPING_CHANGES;
		const taken = left.filter((monitor) => isQuiet(monitor.id) && findUpstream(monitor, failing) === null);
		for (const monitor of taken) {
			const reason = `fails still, and ${monitor.excuse} excuses it no longer: ${monitor.said}`;
			const change = { from: 'fail', to: 'fail', consequence: 'act', reason } as const;
			const drawn = await drawConsequence(
				client,
				{ ...monitor, ...change, monitorId: monitor.id, cause: null, upstreamId: null, answer: null },
				now,
			);
			const transition = await insertTransition(client, { ...change, ...drawn, monitorId: monitor.id, at: now });
			await writeEntry(client, drawn, { now, transition, monitor: monitor.id });
			await recordAudit(client, now, drawn.audit);
		}
		const over = open.filter(({ members }) => members.every(isQuiet));
		for (const { id, isUnwatched } of over) {
			await resolveIncident(client, id, ENGINE_ACTOR, now);
			const text = isUnwatched
				? 'what failed is watched no more, so how it is now is not known; what is watched is well'
				: 'every monitor of it is well, and stays so';
			await addEntry(client, now, { incidentId: id, kind: 'resolved', actor: ENGINE_ACTOR, text, isToTell: true });
			await recordAudit(client, now, [{ actor: ENGINE_ACTOR, operation: 'incident.resolve', subject: `incident/${id}` }]);
		}
		return { taken: taken.map(({ id }) => id), resolved: over.map(({ id }) => id) };
	});
}
