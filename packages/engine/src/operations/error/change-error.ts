/** What every change of an error group by a person has in common: held, one conditional write, its own record and the audit, all or nothing. */

import { recordAudit } from '../../audit/record.ts';
import type { Resolution } from '../../ingest/group/judge-return.ts';
import type { ErrorGroup, ErrorState } from '../../intake/read-errors.ts';
import { OperationError } from '../../operation-error.ts';
import type { RecordContext } from '../../ports.ts';
import { type ErrorSelection, requireError } from './require-error.ts';

export interface ErrorChange {
	readonly to: ErrorState;
	/** `error.resolve` */
	readonly operation: string;
	readonly resolution: (now: number) => Resolution | null;
	/** One sentence. */
	readonly reason: string;
}

/** @throws OperationError `not_found`, `conflict` */
export async function changeError(ctx: RecordContext, selection: ErrorSelection, change: ErrorChange): Promise<ErrorGroup> {
	const now = await ctx.database.now();
	return await ctx.database.transaction(async (client) => {
		await client.query('select 1 from error_group where id = $1 for no key update', [selection.id]);
		const group = await requireError(client, selection);
		if (group.state === change.to) throw new OperationError('conflict', `error ${group.id} is ${group.state} already`);
		const resolution = change.resolution(now);
		await client.query('update error_group set state = $2, state_at = $3, resolution = $4 where id = $1', [
			group.id,
			change.to,
			new Date(now),
			resolution === null ? null : JSON.stringify(resolution),
		]);
		await client.query(
			'insert into error_group_change (group_id, at, from_state, to_state, actor, reason) values ($1, $2, $3, $4, $5, $6)',
			[group.id, new Date(now), group.state, change.to, ctx.actor, change.reason],
		);
		await recordAudit(client, now, [
			{ actor: ctx.actor, operation: change.operation, subject: `error/${group.id}`, detail: { reason: change.reason } },
		]);
		return await requireError(client, selection);
	});
}
