import type pg from 'pg';
import { type ErrorGroup, readErrorGroup } from '../../intake/read-errors.ts';
import { OperationError } from '../../operation-error.ts';

export interface ErrorSelection {
	readonly id: number;
	/** The service it must belong to; absent: any. */
	readonly service?: string | undefined;
}

/** @throws OperationError `not_found`, also where it belongs to another service: whoever may not see it is not told that it exists. */
export async function requireError(db: pg.Pool | pg.PoolClient, { id, service }: ErrorSelection): Promise<ErrorGroup> {
	const found = Number.isSafeInteger(id) ? await readErrorGroup(db, id, service ?? null) : null;
	if (found !== null) return found;
	throw new OperationError('not_found', `there is no error ${id}${service === undefined ? '' : ` of ${service}`}`, {
		hint: 'holdfast errors --state all shows them.',
	});
}
