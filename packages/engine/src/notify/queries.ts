import type pg from 'pg';
import { ENGINE_ACTOR } from '../audit/record.ts';
import type { Severity } from '../monitors/defaults.ts';
import type { IncidentMention, Message } from './message.ts';

/** What happened and is still to be told, or to be noted as not told. */
export interface Happening {
	readonly source: 'transition' | 'entry';
	readonly id: number;
	/** What it did: `opened`, `resolved`; of what was excused: null. */
	readonly effect: string | null;
	/** `act`, `echo`, `maintenance`, `flapping` */
	readonly consequence: string;
	readonly reason: string;
	readonly severity: Severity;
	readonly incident: IncidentMention | null;
	/** As it is stored; null: none was made. */
	readonly diagnosis: unknown;
	/** Monitors of the incident, with the first line of the runbook that asks for each. */
	readonly members: readonly { readonly key: string; readonly state: string; readonly line: number | null; readonly text: string | null }[];
}

interface Row {
	readonly id: string;
	readonly effect: string | null;
	readonly consequence: string;
	readonly reason: string;
	readonly monitor_severity: Severity | null;
	readonly incident_id: string | null;
	readonly service: string | null;
	readonly title: string | null;
	readonly severity: Severity | null;
	readonly key: string | null;
	readonly opened_at: Date | null;
	readonly diagnosis: unknown;
	readonly members: Happening['members'];
}

const INCIDENT = `incident.id as incident_id, incident.key, incident.service, incident.title, incident.severity, incident.opened_at, incident.diagnosis,
	(select coalesce(jsonb_agg(jsonb_build_object(
		'key', key, 'state', state, 'line', (lines->0->>'line')::int, 'text', lines->0->>'text') order by id), '[]')
	from monitor where id in (select monitor_id from transition where incident_id = incident.id)) as members`;

const toHappening =
	(source: Happening['source']) =>
	(row: Row): Happening => ({
		source,
		id: Number(row.id),
		effect: row.effect,
		consequence: row.consequence,
		reason: row.reason,
		severity: row.severity ?? row.monitor_severity ?? 'minor',
		incident: toMention(row),
		diagnosis: row.diagnosis,
		members: row.members,
	});

function toMention({ incident_id: id, key, service, title, severity, opened_at: openedAt }: Row): IncidentMention | null {
	if (id === null || key === null || service === null || title === null || severity === null || openedAt === null) return null;
	return { id: Number(id), key, service, title, severity, openedAt: openedAt.getTime() };
}

/** Nearly always there is nothing: that costs one question. */
export async function hasHappenings(pool: pg.Pool, now: number): Promise<boolean> {
	const { rows } = await pool.query<{ some: boolean }>({
		name: 'has-happenings',
		text: `select exists (select from transition where acted_at is null and next_attempt_at <= $1)
			or exists (select from incident_entry where tell_at <= $1) as some`,
		values: [new Date(now)],
	});
	return rows[0]?.some ?? false;
}

/** In the order in which it happened. */
export async function takeTransitions(client: pg.PoolClient, now: number, limit: number): Promise<readonly Happening[]> {
	const { rows } = await client.query<Row>(
		`select transition.id, effect, consequence, reason, monitor.severity as monitor_severity, ${INCIDENT}
		from transition join monitor on monitor.id = transition.monitor_id left join incident on incident.id = transition.incident_id
		where acted_at is null and next_attempt_at <= $1 order by transition.id limit $2 for no key update of transition skip locked`,
		[new Date(now), limit],
	);
	return rows.map(toHappening('transition'));
}

/** What is to be told of a change that is no end and no beginning is that it is worse. */
export async function takeEntries(client: pg.PoolClient, now: number, limit: number): Promise<readonly Happening[]> {
	const { rows } = await client.query<Row>(
		`select incident_entry.id, case kind when 'transition' then 'raised' else kind end as effect, 'act' as consequence, case when actor = '${ENGINE_ACTOR}' and text <> '' then text when text = '' then actor else actor || ': ' || text end as reason,
			null as monitor_severity, ${INCIDENT}
		from incident_entry join incident on incident.id = incident_entry.incident_id
		where tell_at <= $1 order by incident_entry.id limit $2 for no key update of incident_entry skip locked`,
		[new Date(now), limit],
	);
	return rows.map(toHappening('entry'));
}

export async function markActed(client: pg.PoolClient, { source, id }: Happening, now: number): Promise<void> {
	if (source === 'transition') await client.query('update transition set acted_at = $2 where id = $1', [id, new Date(now)]);
	else await client.query('update incident_entry set tell_at = null where id = $1', [id]);
}

/** What could not be drawn is put off, so that the others go on. */
export async function putOff(client: pg.PoolClient, { source, id }: Happening, until: number, error: string): Promise<void> {
	if (source === 'transition')
		await client.query('update transition set attempts = least(attempts + 1, 32000), next_attempt_at = $2, last_error = $3 where id = $1', [
			id,
			new Date(until),
			error,
		]);
	else await client.query('update incident_entry set tell_at = $2 where id = $1', [id, new Date(until)]);
}

export interface NewNotification {
	readonly channel: string;
	/** Its `dedupKey` is the row's: there is one of it for each channel. */
	readonly message: Message;
	readonly incidentId: number | null;
	readonly transitionId: number | null;
	readonly state: 'waiting' | 'suppressed';
	/** Of a suppressed one: why. */
	readonly answer: string | null;
	readonly notBefore: number;
	readonly now: number;
}

/** @returns false when this was written before */
export async function insertNotification(client: pg.PoolClient, row: NewNotification): Promise<boolean> {
	const { rowCount } = await client.query(
		`insert into notification (incident_id, transition_id, channel, dedup_key, message, created_at, state, next_attempt_at, last_answer)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (channel, dedup_key) do nothing`,
		[
			row.incidentId,
			row.transitionId,
			row.channel,
			row.message.dedupKey,
			JSON.stringify(row.message),
			new Date(row.now),
			row.state,
			new Date(row.notBefore),
			row.answer,
		],
	);
	return rowCount === 1;
}

/** Channels that were told of an incident, or are about to be. */
export async function listHearers(client: pg.PoolClient, incidentId: number): Promise<readonly string[]> {
	const { rows } = await client.query<{ channel: string }>(
		"select distinct channel from notification where incident_id = $1 and state in ('waiting', 'sent') order by channel",
		[incidentId],
	);
	return rows.map(({ channel }) => channel);
}

export async function countLately(
	client: pg.PoolClient,
	now: number,
	withinMs: number,
): Promise<{ readonly opened: number; readonly ended: number }> {
	const { rows } = await client.query<{ opened: number; ended: number }>(
		`select count(*) filter (where opened_at > $1)::int as opened, count(*) filter (where resolved_at > $1)::int as ended
		from incident where opened_at > $1 or (state = 'resolved' and resolved_at > $1)`,
		[new Date(now - withinMs)],
	);
	return rows[0] ?? { opened: 0, ended: 0 };
}

export interface WaitingRow {
	readonly id: number;
	readonly message: Message;
}

/** Of one channel and kind, not tried yet. */
export async function listUntried(client: pg.PoolClient, channel: string, kind: string, of: string | null): Promise<readonly WaitingRow[]> {
	const { rows } = await client.query<{ id: string; message: Message }>(
		`select id, message from notification
		where state = 'waiting' and attempts = 0 and channel = $1 and message->>'told' = $2 and ($3::text is null or message->>'of' = $3)
		order by id for no key update skip locked`,
		[channel, kind, of],
	);
	return rows.map(({ id, message }) => ({ id: Number(id), message }));
}

export async function replaceMessage(client: pg.PoolClient, id: number, message: Message): Promise<void> {
	await client.query('update notification set message = $2 where id = $1', [id, JSON.stringify(message)]);
}

export async function suppress(client: pg.PoolClient, ids: readonly number[], reason: string): Promise<void> {
	await client.query("update notification set state = 'suppressed', last_answer = $2 where id = any($1::bigint[])", [ids, reason]);
}
