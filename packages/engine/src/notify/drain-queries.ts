import type pg from 'pg';
import type { Message } from './message.ts';

export interface ClaimedNotification {
	readonly id: number;
	readonly incidentId: number | null;
	readonly channel: string;
	readonly message: Message;
	/** This one included. */
	readonly attempts: number;
	readonly createdAt: number;
}

export interface ClaimNotifications {
	readonly now: number;
	readonly limit: number;
	readonly leaseMs: number;
	/** Of one channel at once, with what is under way. */
	readonly perChannel: number;
	/** What is under way, by channel. */
	readonly underWay: ReadonlyMap<string, number>;
}

/** The lease outlives a try; when it ends without a mark, whoever sent may be dead, and it is sent again under the same key. */
export async function claimNotifications(
	pool: pg.Pool,
	{ now, limit, leaseMs, perChannel, underWay }: ClaimNotifications,
): Promise<readonly ClaimedNotification[]> {
	const { rows } = await pool.query<{
		id: string;
		incident_id: string | null;
		channel: string;
		message: Message;
		attempts: number;
		created_at: Date;
	}>(
		`with recursive waiting(channel) as (
			(select channel from notification where state = 'waiting' order by channel limit 1)
			union all
			select (select channel from notification where state = 'waiting' and channel > waiting.channel order by channel limit 1)
			from waiting where waiting.channel is not null
		), room as (
			select waiting.channel, $6::int - coalesce(busy.count, 0) as places
			from waiting left join unnest($4::text[], $5::int[]) as busy(channel, count) on busy.channel = waiting.channel
			where waiting.channel is not null
		)
		update notification set claimed_until = $1::timestamptz + $3::int * interval '1 millisecond', attempts = least(attempts + 1, 32000)
		where id in (
			select id from notification
			where id in (
				select turn.id from room cross join lateral (
					select id from notification as due
					where due.channel = room.channel and state = 'waiting' and next_attempt_at <= $1
						and (claimed_until is null or claimed_until <= $1 or claimed_until > $1::timestamptz + 10 * $3::int * interval '1 millisecond')
					order by next_attempt_at limit greatest(room.places, 0)
				) as turn
			)
			order by next_attempt_at limit $2 for update skip locked
		)
		returning id, incident_id, channel, message, attempts, created_at`,
		[new Date(now), limit, leaseMs, [...underWay.keys()], [...underWay.values()], perChannel],
	);
	return rows.map((row) => ({
		id: Number(row.id),
		incidentId: row.incident_id === null ? null : Number(row.incident_id),
		channel: row.channel,
		message: row.message,
		attempts: row.attempts,
		createdAt: row.created_at.getTime(),
	}));
}

export interface Settled {
	readonly id: number;
	readonly state: 'sent' | 'refused' | 'given-up';
	readonly answer: string;
	readonly now: number;
}

/** @returns false when somebody else settled it */
export async function settleNotification(client: pg.PoolClient, { id, state, answer, now }: Settled): Promise<boolean> {
	const { rowCount } = await client.query(
		`update notification set state = $2, last_answer = $3, claimed_until = null, sent_at = case when $2 = 'sent' then $4::timestamptz end
		where id = $1 and state = 'waiting'`,
		[id, state, answer.slice(0, 500), new Date(now)],
	);
	return rowCount === 1;
}

export async function retryNotification(
	pool: pg.Pool,
	{ id, at, answer }: { readonly id: number; readonly at: number; readonly answer: string },
): Promise<void> {
	await pool.query(
		"update notification set next_attempt_at = $2, last_answer = $3, claimed_until = null where id = $1 and state = 'waiting'",
		[id, new Date(at), answer.slice(0, 500)],
	);
}
