import { randomUUID } from 'node:crypto';
import { recordAudit } from '../../audit/record.ts';
import { addEntry, holdIncidents, insertIncident } from '../../incidents/queries.ts';
import { type Incident, readIncident } from '../../incidents/read.ts';
import { type Severity, severities } from '../../monitors/defaults.ts';
import { OperationError } from '../../operation-error.ts';
import type { RecordContext } from '../../ports.ts';
import { chooseService } from '../choose-service.ts';
import { cleanText } from './change-incident.ts';

export interface OpenIncidentInput {
	/** May be left out where one only is watched. */
	readonly service?: string | undefined;
	readonly title: string;
	readonly severity: Severity;
	readonly text?: string | undefined;
}

/** What no monitor sees. It ends on a person's word. @throws OperationError `not_found` when there is no such service, `invalid` */
export async function openIncident(ctx: RecordContext, input: OpenIncidentInput): Promise<Incident> {
	const title = cleanText(input.title).slice(0, 160);
	if (title === '') throw new OperationError('invalid', 'expected a title, got none');
	if (!severities.includes(input.severity)) throw new OperationError('invalid', `severity: expected one of ${severities.join(', ')}`);
	const now = await ctx.database.now();
	return await ctx.database.transaction(async (client) => {
		const service = await chooseService(client, input.service);
		await holdIncidents(client, [service]);
		const id = await insertIncident(client, {
			service,
			title,
			severity: input.severity,
			causeKey: `person ${randomUUID()}`,
			now,
		});
		if (id === null) throw new Error('expected a cause of its own for an incident that a person opens');
		const text = cleanText(input.text) || title;
		await addEntry(client, now, { incidentId: id, kind: 'opened', actor: ctx.actor, text, isToTell: true });
		await recordAudit(client, now, [
			{ actor: ctx.actor, operation: 'incident.open', subject: `incident/${id}`, detail: { title, severity: input.severity } },
		]);
		const incident = await readIncident(client, id, null);
		if (incident === null) throw new Error(`expected incident ${id} to be there`);
		return incident;
	});
}
