import type { Incident } from '../../incidents/read.ts';
import type { RecordContext } from '../../ports.ts';
import { changeIncident, cleanText } from './change-incident.ts';
import type { IncidentSelection } from './require-incident.ts';

/** Somebody takes care. Of several at once one does, and the others are told who. @throws OperationError `not_found`, `conflict` */
export async function acknowledgeIncident(
	ctx: RecordContext,
	input: IncidentSelection & { readonly text?: string | undefined },
): Promise<Incident> {
	return await changeIncident(ctx, input, {
		wanted: 'acknowledged',
		operation: 'incident.acknowledge',
		write: async (client, now, { id }) => {
			const { rowCount } = await client.query(
				"update incident set state = 'acknowledged', acknowledged_at = $2, acknowledged_by = $3 where id = $1 and state = 'open'",
				[id, new Date(now), ctx.actor],
			);
			return rowCount === 1;
		},
		entry: { kind: 'acknowledged', text: cleanText(input.text), isToTell: true },
	});
}
