import { recordAudit } from '../../audit/record.ts';
import { findInbox, markInboxRead } from '../../inbox/queries.ts';
import { OperationError } from '../../operation-error.ts';
import type { RecordContext } from '../../ports.ts';

/**
 * Marks messages of the inbox as read. What was read before stays as it is.
 * @param input `ids` absent: all of them. @returns numbers of those that were unread until now
 * @throws OperationError `not_found` when there is no such message; then nothing was changed
 */
export async function markInboxMessagesRead(
	{ database, actor }: RecordContext,
	input: { readonly ids?: readonly number[] | undefined },
): Promise<readonly number[]> {
	const now = await database.now();
	return await database.transaction(async (client) => {
		const ids = input.ids ?? null;
		const known = ids === null ? null : await findInbox(client, ids);
		const missing = ids?.find((id) => known?.includes(id) !== true);
		if (missing !== undefined)
			throw new OperationError('not_found', `there is no message ${missing} in the inbox`, { hint: 'holdfast inbox --all shows them.' });
		const read = await markInboxRead(client, { ids, actor, now });
		await recordAudit(
			client,
			now,
			read.map((id) => ({ actor, operation: 'inbox.read', subject: `inbox/${id}` })),
		);
		return read;
	});
}
