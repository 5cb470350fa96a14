import { type InboxMessage, listInbox } from '../../inbox/queries.ts';
import type { RecordContext } from '../../ports.ts';

/** What channels of kind `console` were told, the newest first; at most 200. */
export async function listInboxMessages(
	{ database }: RecordContext,
	input: { readonly all?: boolean | undefined; readonly service?: string | undefined } = {},
): Promise<readonly InboxMessage[]> {
	return await listInbox(database.pool, { unread: input.all !== true, service: input.service ?? null, limit: 200 });
}
