import type { InboxPort } from '@holdfast/providers/notification';
import type { Queryable } from '../incidents/read.ts';

export interface InboxMessage {
	readonly id: number;
	/** ISO 8601 */
	readonly at: string;
	readonly channel: string;
	readonly kind: string;
	readonly severity: string;
	readonly service: string;
	/** One line. */
	readonly short: string;
	readonly text: string;
	readonly incident: number | null;
	readonly readAt: string | null;
	readonly readBy: string | null;
}

/** Keeps messages of a channel of kind `console`: one for each key, whatever is sent twice. */
export function createInbox(db: Queryable, channel: string): InboxPort {
	return {
		keep: async ({ message, short, text }) => {
			const { rows } = await db.query<{ id: string }>(
				`insert into inbox_entry (channel, dedup_key, kind, severity, service, short, text, incident_id, at)
				values ($1, $2, $3, $4, $5, $6, $7, (select id from incident where id = $8::bigint), $9)
				on conflict (channel, dedup_key) do update set dedup_key = excluded.dedup_key returning id`,
				[
					channel,
					message.dedupKey,
					message.kind,
					message.severity,
					message.service,
					short,
					text,
					message.incident?.number ?? null,
					new Date(message.at),
				],
			);
			return rows[0]?.id ?? '';
		},
	};
}

/** The newest first. */
export async function listInbox(
	db: Queryable,
	{ unread, service, limit }: { readonly unread: boolean; readonly service: string | null; readonly limit: number },
): Promise<readonly InboxMessage[]> {
	const { rows } = await db.query<{
		id: string;
		at: Date;
		channel: string;
		kind: string;
		severity: string;
		service: string;
		short: string;
		text: string;
		incident_id: string | null;
		read_at: Date | null;
		read_by: string | null;
	}>(
		`select id, at, channel, kind, severity, service, short, text, incident_id, read_at, read_by from inbox_entry
		where (not $1 or read_at is null) and ($2::text is null or service = $2) order by id desc limit $3`,
		[unread, service, limit],
	);
	return rows.map(({ id, at, incident_id: incident, read_at: readAt, read_by: readBy, ...row }) => ({
		id: Number(id),
		at: at.toISOString(),
		...row,
		incident: incident === null ? null : Number(incident),
		readAt: readAt?.toISOString() ?? null,
		readBy,
	}));
}

/** @param ids null: all. @returns numbers of those that were unread until now */
export async function markInboxRead(
	db: Queryable,
	{ ids, actor, now }: { readonly ids: readonly number[] | null; readonly actor: string; readonly now: number },
): Promise<readonly number[]> {
	const { rows } = await db.query<{ id: string }>(
		'update inbox_entry set read_at = $2, read_by = $3 where read_at is null and ($1::bigint[] is null or id = any($1)) returning id',
		[ids, new Date(now), actor],
	);
	return rows.map(({ id }) => Number(id)).toSorted((a, b) => a - b);
}

/** @returns those of them that there are */
export async function findInbox(db: Queryable, ids: readonly number[]): Promise<readonly number[]> {
	const { rows } = await db.query<{ id: string }>('select id from inbox_entry where id = any($1::bigint[])', [ids]);
	return rows.map(({ id }) => Number(id));
}
