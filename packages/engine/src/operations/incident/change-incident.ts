/** What every change of an incident by a person has in common: its service held, one conditional write, entry and audit, all or nothing. */
import type pg from 'pg';
import { recordAudit } from '../../audit/record.ts';
import { addEntry, type EntryKind, holdIncidents } from '../../incidents/queries.ts';
import { type Incident, readIncident } from '../../incidents/read.ts';
import type { RecordContext } from '../../ports.ts';
import { type IncidentSelection, refuseState, requireIncident } from './require-incident.ts';

export interface IncidentChange {
	/** `acknowledged`: for the refusal. */
	readonly wanted: string;
	/** `incident.acknowledge` */
	readonly operation: string;
	/** @returns whether it changed exactly this incident; false: somebody else was faster, or it is not in a state for it */
	readonly write: (client: pg.PoolClient, now: number, incident: Incident) => Promise<boolean>;
	readonly entry: {
		readonly kind: EntryKind;
		readonly text: string;
		readonly isToTell: boolean;
		readonly detail?: Readonly<Record<string, unknown>>;
	};
}

/** @throws OperationError `not_found`, `conflict` */
export async function changeIncident(ctx: RecordContext, selection: IncidentSelection, change: IncidentChange): Promise<Incident> {
	const before = await requireIncident(ctx.database.pool, selection);
	const now = await ctx.database.now();
	return await ctx.database.transaction(async (client) => {
		await holdIncidents(client, [before.service]);
		const incident = await requireIncident(client, selection);
		if (!(await change.write(client, now, incident))) throw refuseState(incident, change.wanted);
		await addEntry(client, now, { incidentId: incident.id, actor: ctx.actor, ...change.entry });
		const detail = change.entry.text === '' ? {} : { text: change.entry.text };
		await recordAudit(client, now, [{ actor: ctx.actor, operation: change.operation, subject: `incident/${incident.id}`, detail }]);
		return (await readIncident(client, incident.id, null)) ?? incident;
	});
}

/** A remark of a person, as it is kept. */
export function cleanText(text: string | undefined): string {
	return (text ?? '').replaceAll('\0', '').trim().slice(0, 10_000);
}
