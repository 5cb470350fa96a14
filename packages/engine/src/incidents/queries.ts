import type { Observation } from '@holdfast/checks/contract';
import type pg from 'pg';
import type { Severity } from '../monitors/defaults.ts';
import type { MonitorState } from '../transition/decide.ts';
import type { KnownIncident, Member } from './decide.ts';
import { speaksOfThePast } from './of-the-past.ts';

/** What changes incidents of one service comes one after the other, also from several engines; the unique index is the second lock. */
export async function holdIncidents(client: pg.PoolClient, services: readonly string[]): Promise<void> {
	for (const service of [...new Set(services)].toSorted())
		await client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`holdfast/incidents/${service}`]);
}

interface KnownRow {
	readonly id: string;
	readonly severity: Severity;
	readonly resolved_at: Date | null;
}

const KNOWN = 'incident.id, incident.severity, incident.resolved_at';

function toKnown(row: KnownRow | undefined): KnownIncident | null {
	if (row === undefined) return null;
	return { id: Number(row.id), severity: row.severity, resolvedAt: row.resolved_at?.getTime() ?? null };
}

export async function findOpen(client: pg.PoolClient, service: string, causeKey: string): Promise<KnownIncident | null> {
	const { rows } = await client.query<KnownRow>(
		`select ${KNOWN} from incident where service = $1 and cause_key = $2 and state in ('open', 'acknowledged')`,
		[service, causeKey],
	);
	return toKnown(rows[0]);
}

/** @param checks whose failure the cause explains: the first word of a cause is its check */
export async function findExplained(client: pg.PoolClient, service: string, checks: readonly string[]): Promise<KnownIncident | null> {
	if (checks.length === 0) return null;
	const { rows } = await client.query<KnownRow>(
		`select ${KNOWN} from incident
		where service = $1 and state in ('open', 'acknowledged') and split_part(cause_key, ' ', 1) = any($2::text[]) order by opened_at limit 1`,
		[service, checks],
	);
	return toKnown(rows[0]);
}

export interface OpenCause extends KnownIncident {
	/** Questions whose failure its diagnosis explains. */
	readonly explains: readonly string[];
	/** The answer that shows its cause; null: none is confirmed. */
	readonly shown: Observation | null;
	/** No diagnosis was made yet, and it began or grew within the time that was asked for. */
	readonly isYoung: boolean;
}

/** Open incidents that monitors opened, the first opened first. */
export async function listOpenCauses(
	client: pg.PoolClient,
	{ service, now, withinMs }: { readonly service: string; readonly now: number; readonly withinMs: number },
): Promise<readonly OpenCause[]> {
	const { rows } = await client.query<
		KnownRow & { readonly explains: readonly string[]; readonly shown: Observation | null; readonly young: boolean }
	>(
		`select ${KNOWN}, explains, case when cardinality(explains) > 0 then diagnosis -> 'roots' -> 0 -> 'shown' end as shown,
			diagnosed_at is null and greatest(opened_at, joined_at) > $2 as young
		from incident where service = $1 and state in ('open', 'acknowledged')
			and cause_key not like 'person %' and cause_key not like 'objective:%'
		order by opened_at, id`,
		[service, new Date(now - withinMs)],
	);
	return rows.flatMap((row) => {
		const known = toKnown(row);
		return known === null ? [] : [{ ...known, explains: row.explains, shown: row.shown, isYoung: row.young }];
	});
}

/** The incident of a service that is open, or else ended last within `withinMs`. */
export async function findLatest(
	client: pg.PoolClient,
	{ service, now, withinMs }: { readonly service: string; readonly now: number; readonly withinMs: number },
): Promise<KnownIncident | null> {
	const { rows } = await client.query<KnownRow>(
		`select ${KNOWN} from incident
		where service = $1 and state <> 'merged' and cause_key not like 'person %' and (resolved_at is null or resolved_at > $2)
		order by resolved_at desc nulls first, opened_at limit 1`,
		[service, new Date(now - withinMs)],
	);
	return toKnown(rows[0]);
}

export async function noteJoined(client: pg.PoolClient, id: number, now: number): Promise<void> {
	await client.query('update incident set joined_at = $2 where id = $1', [id, new Date(now)]);
}

/** @param key of the question that fails: the diagnosis of then may have found what lies beneath it */
export async function findEnded(client: pg.PoolClient, service: string, causeKey: string, key: string): Promise<KnownIncident | null> {
	const { rows } = await client.query<KnownRow>(
		`select ${KNOWN} from incident
		where service = $1 and (cause_key = $2 or $3 = any(explains)) and state = 'resolved' order by resolved_at desc limit 1`,
		[service, causeKey, key],
	);
	return toKnown(rows[0]);
}

/** The open incidents that a monitor belongs to, the first opened first. */
export async function findOpenOfMember(client: pg.PoolClient, monitorId: number): Promise<readonly KnownIncident[]> {
	const { rows } = await client.query<KnownRow>(
		`select ${KNOWN} from incident
		where state in ('open', 'acknowledged') and id in (select incident_id from transition where monitor_id = $1 and incident_id is not null)
		order by opened_at, id`,
		[monitorId],
	);
	return rows.flatMap((row) => toKnown(row) ?? []);
}

export async function listMembers(client: pg.PoolClient, incidentId: number): Promise<readonly Member[]> {
	const { rows } = await client.query<{ id: string; state: MonitorState; watched: boolean; check_id: string }>(
		`select id, state, check_id, removed_at is null as watched from monitor
		where id in (select monitor_id from transition where incident_id = $1) order by id`,
		[incidentId],
	);
	return rows.map(({ id, state, watched, check_id }) => ({
		id: Number(id),
		state,
		isWatched: watched,
		isOfThePast: speaksOfThePast(check_id),
	}));
}

export interface NewIncident {
	readonly service: string;
	readonly title: string;
	readonly severity: Severity;
	readonly causeKey: string;
	readonly now: number;
}

/** @returns null when one of this cause is open: attach to it */
export async function insertIncident(client: pg.PoolClient, incident: NewIncident): Promise<number | null> {
	const { rows } = await client.query<{ id: string }>(
		`insert into incident (service, title, severity, cause_key, opened_at) values ($1, $2, $3, $4, $5)
		on conflict (service, cause_key) where state in ('open', 'acknowledged') do nothing returning id`,
		[incident.service, incident.title, incident.severity, incident.causeKey, new Date(incident.now)],
	);
	return rows[0] === undefined ? null : Number(rows[0].id);
}

export async function raiseSeverity(client: pg.PoolClient, id: number, severity: Severity): Promise<void> {
	await client.query('update incident set severity = $2 where id = $1', [id, severity]);
}

/** Who is told of the new severity only has to be told: an entry of kind transition goes out as raised. */
export async function tellRaised(
	client: pg.PoolClient,
	now: number,
	{ incidentId, actor, severity }: { readonly incidentId: number; readonly actor: string; readonly severity: Severity },
): Promise<void> {
	await addEntry(client, now, { incidentId, kind: 'transition', actor, text: `is ${severity} from now on`, isToTell: true });
}

export async function setCause(client: pg.PoolClient, id: number, cause: { readonly key: string; readonly title: string }): Promise<void> {
	await client.query('update incident set cause_key = $2, title = $3 where id = $1', [id, cause.key, cause.title]);
}

/** @returns whether it was resolved until now */
export async function reopenIncident(client: pg.PoolClient, id: number): Promise<boolean> {
	const { rowCount } = await client.query(
		`update incident set state = 'open', resolved_at = null, resolved_by = null, acknowledged_at = null, acknowledged_by = null
		where id = $1 and state = 'resolved'`,
		[id],
	);
	return rowCount === 1;
}

/** @returns whether it was open until now */
export async function resolveIncident(client: pg.PoolClient, id: number, by: string, now: number): Promise<boolean> {
	const { rowCount } = await client.query(
		"update incident set state = 'resolved', resolved_at = $3, resolved_by = $2 where id = $1 and state in ('open', 'acknowledged')",
		[id, by, new Date(now)],
	);
	return rowCount === 1;
}

export type EntryKind =
	| 'opened'
	| 'transition'
	| 'acknowledged'
	| 'note'
	| 'diagnosis'
	| 'notification'
	| 'resolved'
	| 'reopened'
	| 'merged'
	| 'split'
	| 'role';

export interface NewEntry {
	readonly incidentId: number;
	readonly kind: EntryKind;
	readonly actor: string;
	readonly text: string;
	readonly detail?: Readonly<Record<string, unknown>>;
	/** People are to be told, and no transition does it. */
	readonly isToTell?: boolean;
}

export async function addEntry(client: pg.PoolClient, now: number, entry: NewEntry): Promise<number> {
	const at = new Date(now);
	const { rows } = await client.query<{ id: string }>(
		'insert into incident_entry (incident_id, at, kind, actor, text, detail, tell_at) values ($1, $2, $3, $4, $5, $6, $7) returning id',
		[
			entry.incidentId,
			at,
			entry.kind,
			entry.actor,
			entry.text,
			entry.detail === undefined ? null : JSON.stringify(entry.detail),
			entry.isToTell === true ? at : null,
		],
	);
	return Number(rows[0]?.id);
}
