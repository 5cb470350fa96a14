import { draftPostMortem } from '../../incidents/post-mortem.ts';
import { type IncidentRecord, readRecord } from '../../incidents/read.ts';
import { type IncidentDiagnosis, readDiagnosis } from '../../incidents/read-diagnosis.ts';
import type { RecordContext } from '../../ports.ts';
import { type IncidentSelection, requireIncident } from './require-incident.ts';

export interface ShownIncident extends IncidentRecord {
	/** Null when none was made. */
	readonly diagnosis: IncidentDiagnosis | null;
	/** Who holds which role now. */
	readonly roles: readonly { readonly role: string; readonly name: string }[];
	readonly durations: {
		/** From opened to resolved, or until now. */
		readonly openMs: number;
		/** From opened to acknowledged; null: by nobody yet. */
		readonly untilAcknowledgedMs: number | null;
	};
}

/** With its timeline, its monitors, its diagnosis and its people. @throws OperationError `not_found` */
export async function showIncident(ctx: RecordContext, input: IncidentSelection): Promise<ShownIncident> {
	const { pool } = ctx.database;
	const record = await readRecord(pool, await requireIncident(pool, input));
	const stored = await pool.query<{ diagnosis: unknown }>('select diagnosis from incident where id = $1', [record.id]);
	const opened = Date.parse(record.openedAt);
	const end = record.resolvedAt === null ? await ctx.database.now() : Date.parse(record.resolvedAt);
	return {
		...record,
		diagnosis: readDiagnosis(stored.rows[0]?.diagnosis),
		roles: await readRoles(pool, record.id),
		durations: {
			openMs: Math.max(0, end - opened),
			untilAcknowledgedMs: record.acknowledgedAt === null ? null : Math.max(0, Date.parse(record.acknowledgedAt) - opened),
		},
	};
}

/** The last word on each role counts; a role without a name is nobody's. */
async function readRoles(pool: RecordContext['database']['pool'], id: number): Promise<ShownIncident['roles']> {
	const { rows } = await pool.query<{ role: string; name: string | null }>(
		`select role, name from (
			select distinct on (detail->>'role') detail->>'role' as role, detail->>'name' as name from incident_entry
			where incident_id = $1 and kind = 'role' order by detail->>'role', id desc
		) as last where role is not null and name is not null order by role`,
		[id],
	);
	return rows.flatMap(({ role, name }) => (name === null ? [] : [{ role, name }]));
}

/** What the record knows for a post-mortem, as Markdown. @throws OperationError `not_found` */
export async function draftIncidentPostMortem(ctx: RecordContext, input: IncidentSelection): Promise<string> {
	const { diagnosis, roles, ...record } = await showIncident(ctx, input);
	return draftPostMortem(record, { diagnosis, roles });
}
