/** Incidents as they are shown: plain values, times in ISO 8601. */
import type pg from 'pg';
import type { Severity } from '../monitors/defaults.ts';
import type { EntryKind } from './queries.ts';

export type IncidentState = 'open' | 'acknowledged' | 'resolved' | 'merged';

export interface Incident {
	readonly id: number;
	readonly service: string;
	readonly title: string;
	readonly severity: Severity;
	readonly state: IncidentState;
	/** The question that failed first or explains the others; of a person's incident: `person …`. */
	readonly cause: string;
	readonly openedAt: string;
	readonly acknowledgedAt: string | null;
	readonly acknowledgedBy: string | null;
	readonly resolvedAt: string | null;
	readonly resolvedBy: string | null;
	readonly mergedInto: number | null;
}

export interface IncidentEntry {
	readonly id: number;
	readonly at: string;
	readonly kind: EntryKind;
	readonly actor: string;
	readonly text: string;
}

export interface IncidentMember {
	readonly id: number;
	readonly key: string;
	readonly title: string;
	readonly state: string;
	readonly since: string;
	readonly reason: string | null;
	/** Lines of the runbook that ask it. */
	readonly lines: readonly { readonly line: number; readonly address: string; readonly text: string }[];
}

export interface IncidentRecord extends Incident {
	/** Oldest first. */
	readonly entries: readonly IncidentEntry[];
	readonly members: readonly IncidentMember[];
}

interface Row {
	readonly id: string;
	readonly service: string;
	readonly title: string;
	readonly severity: Severity;
	readonly state: IncidentState;
	readonly cause_key: string;
	readonly opened_at: Date;
	readonly acknowledged_at: Date | null;
	readonly acknowledged_by: string | null;
	readonly resolved_at: Date | null;
	readonly resolved_by: string | null;
	readonly merged_into: string | null;
}

const COLUMNS =
	'id, service, title, severity, state, cause_key, opened_at, acknowledged_at, acknowledged_by, resolved_at, resolved_by, merged_into';

/** Whoever can run a query: the pool, or the client of a transaction. */
export type Queryable = Pick<pg.Pool, 'query'>;

export async function readIncidents(
	db: Queryable,
	{ service, open, limit }: { readonly service: string | null; readonly open: boolean; readonly limit: number },
): Promise<readonly Incident[]> {
	const { rows } = await db.query<Row>(
		`select ${COLUMNS} from incident
		where ($1::text is null or service = $1) and (not $2 or state in ('open', 'acknowledged')) order by opened_at desc, id desc limit $3`,
		[service, open, limit],
	);
	return rows.map(toIncident);
}

/** @param service null: of any */
export async function readIncident(db: Queryable, id: number, service: string | null): Promise<Incident | null> {
	const { rows } = await db.query<Row>(`select ${COLUMNS} from incident where id = $1 and ($2::text is null or service = $2)`, [
		id,
		service,
	]);
	return rows[0] === undefined ? null : toIncident(rows[0]);
}

export async function readRecord(db: Queryable, incident: Incident): Promise<IncidentRecord> {
	const entries = await db.query<{ id: string; at: Date; kind: EntryKind; actor: string; text: string }>(
		'select id, at, kind, actor, text from incident_entry where incident_id = $1 order by at, id',
		[incident.id],
	);
	const members = await db.query<{
		id: string;
		key: string;
		title: string;
		state: string;
		state_since: Date;
		last_reason: string | null;
		lines: IncidentMember['lines'];
	}>(
		`select id, key, title, state, state_since, last_reason, lines from monitor
		where id in (select monitor_id from transition where incident_id = $1) order by id`,
		[incident.id],
	);
	return {
		...incident,
		entries: entries.rows.map((row) => ({ ...row, id: Number(row.id), at: row.at.toISOString() })),
		members: members.rows.map(({ id, key, title, state, state_since, last_reason, lines }) => ({
			id: Number(id),
			key,
			title,
			state,
			since: state_since.toISOString(),
			reason: last_reason,
			lines,
		})),
	};
}

function toIncident(row: Row): Incident {
	return {
		id: Number(row.id),
		service: row.service,
		title: row.title,
		severity: row.severity,
		state: row.state,
		cause: row.cause_key,
		openedAt: row.opened_at.toISOString(),
		acknowledgedAt: row.acknowledged_at?.toISOString() ?? null,
		acknowledgedBy: row.acknowledged_by,
		resolvedAt: row.resolved_at?.toISOString() ?? null,
		resolvedBy: row.resolved_by,
		mergedInto: row.merged_into === null ? null : Number(row.merged_into),
	};
}
