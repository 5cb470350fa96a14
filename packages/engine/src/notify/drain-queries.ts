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
	/** Channels that have enough to do. */
	readonly busy: readonly string[];
}

/** The lease outlives a try; when it ends without a mark, whoever sent may be dead, and it is sent again under the same key. */
export async function claimNotifications(
	pool: pg.Pool,
	{ now, limit, leaseMs, busy }: ClaimNotifications,
): Promise<readonly ClaimedNotification[]> {
	const { rows } = await pool.query<{
		id: string;
		incident_id: string | null;
		channel: string;
		message: Message;
		attempts: number;
		created_at: Date;
	}>(
		`update notification set claimed_until = $1::timestamptz + $3::int * interval '1 millisecond', attempts = least(attempts + 1, 32000)
		where id in (
			select id from notification
			where state = 'waiting' and next_attempt_at <= $1 and channel <> all($4::text[])
				and (claimed_until is null or claimed_until <= $1 or claimed_until > $1::timestamptz + 10 * $3::int * interval '1 millisecond')
			order by next_attempt_at limit $2 for update skip locked
		)
		returning id, incident_id, channel, message, attempts, created_at`,
		[new Date(now), limit, leaseMs, busy],
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
