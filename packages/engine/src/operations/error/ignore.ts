import type { ErrorGroup } from '../../intake/read-errors.ts';
import type { RecordContext } from '../../ports.ts';
import { changeError } from './change-error.ts';
import type { ErrorSelection } from './require-error.ts';

/** It is counted on, and said no more. @throws OperationError `not_found`, `conflict` */
export async function ignoreError(ctx: RecordContext, input: ErrorSelection): Promise<ErrorGroup> {
	return await changeError(ctx, input, { to: 'ignored', operation: 'error.ignore', resolution: () => null, reason: 'ignored' });
}
