import { markMerged } from '../../attach/queries.ts';
import { isWorse } from '../../incidents/decide.ts';
import { addEntry, raiseSeverity, tellRaised } from '../../incidents/queries.ts';
import type { Incident } from '../../incidents/read.ts';
import { OperationError } from '../../operation-error.ts';
import type { RecordContext } from '../../ports.ts';
import { changeIncident } from './change-incident.ts';
import { type IncidentSelection, refuseState, requireIncident } from './require-incident.ts';

/**
 * Two incidents are one: monitors of the first belong to the other from now on, which is as bad as the worse of both. The first keeps its
 * timeline. @returns the first, merged @throws OperationError `not_found`, `conflict`, `invalid`
 */
export async function mergeIncident(ctx: RecordContext, input: IncidentSelection & { readonly into: number }): Promise<Incident> {
	if (input.into === input.id) throw new OperationError('invalid', 'expected two incidents, got one twice');
	return await changeIncident(ctx, input, {
		wanted: 'merged',
		operation: 'incident.merge',
		write: async (client, now, incident) => {
			const into = await requireIncident(client, { id: input.into, service: incident.service });
			if (into.state !== 'open' && into.state !== 'acknowledged') throw refuseState(into, 'merged into');
			if (!(await markMerged(client, { id: incident.id, into: into.id, by: ctx.actor, now }))) return false;
			const isRaised = isWorse(incident.severity, into.severity);
			if (isRaised) await raiseSeverity(client, into.id, incident.severity);
			const text = `incident ${incident.id} is part of this one: ${incident.title}`;
			await addEntry(client, now, { incidentId: into.id, kind: 'merged', actor: ctx.actor, text });
			if (isRaised) await tellRaised(client, now, { incidentId: into.id, actor: ctx.actor, severity: incident.severity });
			return true;
		},
		entry: { kind: 'merged', text: `is part of incident ${input.into}`, isToTell: true },
	});
}
