import { type ErrorRecord, readErrorRecord } from '../../intake/read-errors.ts';
import type { RecordContext } from '../../ports.ts';
import { type ErrorSelection, requireError } from './require-error.ts';

/** With its newest event and what became of it. @throws OperationError `not_found` */
export async function showError(ctx: RecordContext, input: ErrorSelection): Promise<ErrorRecord> {
	return await readErrorRecord(ctx.database, await requireError(ctx.database.pool, input));
}
