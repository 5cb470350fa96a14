import type { Incident } from '../../incidents/read.ts';
import { OperationError } from '../../operation-error.ts';
import type { RecordContext } from '../../ports.ts';
import { changeIncident, cleanText } from './change-incident.ts';
import type { IncidentSelection } from './require-incident.ts';

/** Adds a remark to the timeline, in any state. @throws OperationError `not_found`, `invalid` without words */
export async function noteIncident(ctx: RecordContext, input: IncidentSelection & { readonly text: string }): Promise<Incident> {
	const text = cleanText(input.text);
	if (text === '') throw new OperationError('invalid', 'expected the words of the note, got none');
	return await changeIncident(ctx, input, {
		wanted: 'noted',
		operation: 'incident.note',
		write: async () => true,
		entry: { kind: 'note', text, isToTell: false },
	});
}
