import type { ErrorGroup } from '../../intake/read-errors.ts';
import type { RecordContext } from '../../ports.ts';
import { changeError } from './change-error.ts';
import type { ErrorSelection } from './require-error.ts';

/** @throws OperationError `not_found`, `conflict` */
export async function reopenError(ctx: RecordContext, input: ErrorSelection): Promise<ErrorGroup> {
	return await changeError(ctx, input, { to: 'open', operation: 'error.reopen', resolution: () => null, reason: 'opened again' });
}
