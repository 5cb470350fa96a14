/**
 * Links by which an incident is acknowledged from a message. Guarantees: the token stands in the message that was sent and nowhere else (the
 * database has its SHA-256); it is used once at most, in the transaction that acknowledges, and not after its time.
 */
import { createHash, randomBytes } from 'node:crypto';
import { acknowledgeIncident } from '../operations/incident/acknowledge.ts';
import type { Database } from '../storage/open-database.ts';

/** A night and the morning after it: who answers later opens the incident itself. */
export const LINK_LIVES_MS = 24 * 3_600_000;
/** For so long an expired link is still told apart from one that never was. */
const KEPT_AFTER_MS = 7 * 24 * 3_600_000;

/** What tokens look like: 32 random bytes in base64url. */
export const TOKEN = /^[A-Za-z0-9_-]{43}$/;

export interface LinkAbout {
	readonly incidentId: number;
	readonly channel: string;
	/** Absent: of no notification. */
	readonly notificationId?: number;
}

/** @returns the token, to be shown once */
export async function createAcknowledgeToken(database: Database, about: LinkAbout, now: number): Promise<string> {
	const token = randomBytes(32).toString('base64url');
	await database.pool.query(
		`insert into acknowledge_link (hash, incident_id, notification_id, channel, created_at, expires_at) values ($1, $2, $3, $4, $5, $6)`,
		[hash(token), about.incidentId, about.notificationId ?? null, about.channel, new Date(now), new Date(now + LINK_LIVES_MS)],
	);
	return token;
}

/** @returns how many were dropped */
export async function dropOldLinks(database: Database, now: number): Promise<number> {
	const { rowCount } = await database.pool.query('delete from acknowledge_link where expires_at < $1', [new Date(now - KEPT_AFTER_MS)]);
	return rowCount ?? 0;
}

export interface FoundLink {
	readonly state: 'good' | 'used' | 'expired';
	readonly channel: string;
	readonly incident: {
		readonly id: number;
		readonly service: string;
		readonly title: string;
		readonly severity: string;
		readonly state: string;
		readonly openedAt: number;
		readonly acknowledgedBy: string | null;
	};
}

/** @returns null: there is no such link, or none any more */
export async function findLink(database: Database, token: string, now: number): Promise<FoundLink | null> {
	if (!TOKEN.test(token)) return null;
	const { rows } = await database.pool.query<{
		channel: string;
		expires_at: Date;
		used_at: Date | null;
		id: string;
		service: string;
		title: string;
		severity: string;
		state: string;
		opened_at: Date;
		acknowledged_by: string | null;
	}>(
		`select channel, expires_at, used_at, incident.id, service, title, severity, state, opened_at, acknowledged_by
		from acknowledge_link join incident on incident.id = incident_id where hash = $1`,
		[hash(token)],
	);
	const row = rows[0];
	if (row === undefined) return null;
	const { id, service, title, severity, state, opened_at: openedAt, acknowledged_by: acknowledgedBy } = row;
	return {
		state: row.used_at !== null ? 'used' : row.expires_at.getTime() <= now ? 'expired' : 'good',
		channel: row.channel,
		incident: { id: Number(id), service, title, severity, state, openedAt: openedAt.getTime(), acknowledgedBy },
	};
}

/**
 * Acknowledges by a link, once. @returns false: it was used or expired in between
 * @throws OperationError `conflict` when the incident is in no state for it; then the link is as it was
 */
export async function useLink(database: Database, token: string, { incident, channel }: FoundLink): Promise<boolean> {
	const now = await database.now();
	return await database.transaction(async (client) => {
		const { rowCount } = await client.query(
			'update acknowledge_link set used_at = $2 where hash = $1 and used_at is null and expires_at > $2',
			[hash(token), new Date(now)],
		);
		if (rowCount !== 1) return false;
		// The operation's own transaction is this one: both or neither.
		const within: Database = { ...database, transaction: (work) => work(client) };
		await acknowledgeIncident({ database: within, actor: `link:${channel}` }, { id: incident.id });
		return true;
	});
}

function hash(token: string): Buffer {
	return createHash('sha256').update(token).digest();
}
