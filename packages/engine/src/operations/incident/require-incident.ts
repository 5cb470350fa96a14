import { type Incident, type Queryable, readIncident } from '../../incidents/read.ts';
import { OperationError } from '../../operation-error.ts';

export interface IncidentSelection {
	readonly id: number;
	/** The service it must belong to; absent: any. */
	readonly service?: string | undefined;
}

/** @throws OperationError `not_found`, also where it belongs to another service: whoever may not see it is not told that it exists. */
export async function requireIncident(db: Queryable, { id, service }: IncidentSelection): Promise<Incident> {
	const found = Number.isSafeInteger(id) ? await readIncident(db, id, service ?? null) : null;
	if (found !== null) return found;
	throw new OperationError('not_found', `there is no incident ${id}${service === undefined ? '' : ` of ${service}`}`, {
		hint: 'holdfast incident --all shows every one.',
	});
}

/** Says who was faster. */
export function refuseState(incident: Incident, wanted: string): OperationError {
	const by = incident.state === 'acknowledged' ? incident.acknowledgedBy : incident.resolvedBy;
	const who = by === null || incident.state === 'open' ? '' : ` by ${by}`;
	const where = incident.mergedInto === null ? '' : ` into ${incident.mergedInto}`;
	return new OperationError('conflict', `incident ${incident.id} cannot be ${wanted}: it is ${incident.state}${where}${who}`);
}
