import type { Incident } from '../../incidents/read.ts';
import { OperationError } from '../../operation-error.ts';
import type { RecordContext } from '../../ports.ts';
import { changeIncident, cleanText } from './change-incident.ts';
import type { IncidentSelection } from './require-incident.ts';

/** A word or a few: `lead`, `communication`, `on-call engineer`. */
const ROLE = /^\p{L}[\p{L}\p{N} -]{0,39}$/u;

/**
 * Who does what in an incident; the last word on a role counts. @param input without `name` the role is nobody's again
 * @throws OperationError `not_found`, `invalid`
 */
export async function assignIncidentRole(
	ctx: RecordContext,
	input: IncidentSelection & { readonly role: string; readonly name?: string | undefined },
): Promise<Incident> {
	const role = cleanText(input.role).toLowerCase();
	if (!ROLE.test(role))
		throw new OperationError('invalid', 'role: expected a word such as lead or communication, of letters, figures, spaces and hyphens');
	const name = cleanText(input.name).replace(/\s+/g, ' ').slice(0, 120);
	return await changeIncident(ctx, input, {
		wanted: 'given roles',
		operation: 'incident.role',
		write: async () => true,
		entry: {
			kind: 'role',
			text: name === '' ? `${role}: nobody` : `${role}: ${name}`,
			isToTell: false,
			detail: { role, name: name === '' ? null : name },
		},
	});
}
