import { resolveIncident as writeResolved } from '../../incidents/queries.ts';
import type { Incident } from '../../incidents/read.ts';
import type { RecordContext } from '../../ports.ts';
import { changeIncident, cleanText } from './change-incident.ts';
import type { IncidentSelection } from './require-incident.ts';

/**
 * Ends it on a person's word, also while monitors of it fail: the same failure does not open it again, a new one within half an hour does.
 * @throws OperationError `not_found`, `conflict`
 */
export async function resolveIncident(
	ctx: RecordContext,
	input: IncidentSelection & { readonly text?: string | undefined },
): Promise<Incident> {
	return await changeIncident(ctx, input, {
		wanted: 'resolved',
		operation: 'incident.resolve',
		write: (client, now, { id }) => writeResolved(client, id, ctx.actor, now),
		entry: { kind: 'resolved', text: cleanText(input.text), isToTell: true },
	});
}
