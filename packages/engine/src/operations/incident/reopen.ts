import { findOpen, reopenIncident as writeReopened } from '../../incidents/queries.ts';
import type { Incident } from '../../incidents/read.ts';
import { OperationError } from '../../operation-error.ts';
import type { RecordContext } from '../../ports.ts';
import { changeIncident, cleanText } from './change-incident.ts';
import type { IncidentSelection } from './require-incident.ts';

/** @throws OperationError `not_found`, `conflict` when it is not resolved, or its cause has another open incident */
export async function reopenIncident(
	ctx: RecordContext,
	input: IncidentSelection & { readonly text?: string | undefined },
): Promise<Incident> {
	return await changeIncident(ctx, input, {
		wanted: 'reopened',
		operation: 'incident.reopen',
		write: async (client, _now, { id, service, cause }) => {
			const open = await findOpen(client, service, cause);
			if (open !== null && open.id !== id) throw new OperationError('conflict', `incident ${open.id} is open about the same cause`);
			return await writeReopened(client, id);
		},
		entry: { kind: 'reopened', text: cleanText(input.text), isToTell: true },
	});
}
