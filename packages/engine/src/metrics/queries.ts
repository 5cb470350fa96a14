import type { Severity } from '../monitors/defaults.ts';
import type { Database } from '../storage/open-database.ts';
import type { MonitorState } from '../transition/decide.ts';

export interface RecordSnapshot {
	readonly schemaVersion: number;
	readonly sizeBytes: number;
	/** Of watched services; states without a monitor are left out. What does not apply has no state. */
	readonly monitors: readonly { readonly service: string; readonly state: MonitorState | 'not-applicable'; readonly count: number }[];
	readonly openIncidents: readonly { readonly severity: Severity; readonly count: number }[];
	readonly notifications: readonly { readonly state: string; readonly count: number }[];
	/** Of monitors that are watched and of those that were. */
	readonly storedSamples: number;
	readonly missedTicks: number;
	/** Null: nothing was ever looked at. */
	readonly lastSampleAgeMs: number | null;
	/** How long the monitor that is longest overdue has been. */
	readonly oldestOverdueMs: number;
}

/** The server ends what takes longer. */
const STATEMENT_MS = 2000;

/** All of one moment: one transaction that sees one snapshot. Reads no samples, so that it costs the same with a year of them. */
export async function readRecordSnapshot(database: Database): Promise<RecordSnapshot> {
	return await database.transaction(async (client) => {
		await client.query('set transaction isolation level repeatable read, read only');
		await client.query(`set local statement_timeout = ${STATEMENT_MS}`);
		const groups = await client.query<{ kind: string; name: string; state: string; count: number }>(
			`select 'monitor' as kind, service as name, case when applies then state else 'not-applicable' end as state, count(*)::int as count
				from monitor where removed_at is null group by 2, 3
			union all select 'incident', '', severity, count(*)::int from incident where state in ('open', 'acknowledged') group by 3
			union all select 'notification', '', state, count(*)::int from notification group by 3
			order by 1, 2, 3`,
		);
		const totals = await client.query<{
			version: number;
			size: string;
			stored: string;
			missed: string;
			age: number | null;
			overdue: number;
		}>(
			`select (select max(version) from schema_migration) as version, pg_database_size(current_database()) as size,
				coalesce(sum(stored), 0) as stored, coalesce(sum(missed), 0) as missed,
				(extract(epoch from clock_timestamp() - max(last_at)) * 1000)::float8 as age,
				greatest(0, coalesce(extract(epoch from clock_timestamp() - min(due_at) filter (where removed_at is null and (claimed_until is null or claimed_until <= clock_timestamp()))) * 1000, 0))::float8 as overdue
			from monitor`,
		);
		const row = totals.rows[0];
		if (row === undefined) throw new Error('expected one row of totals, got none');
		const of = (kind: string) => groups.rows.filter((group) => group.kind === kind);
		return {
			schemaVersion: row.version,
			sizeBytes: Number(row.size),
			// States and severities are those of the table's own rules.
			monitors: of('monitor').map(({ name, state, count }) => ({ service: name, state: state as MonitorState | 'not-applicable', count })),
			openIncidents: of('incident').map(({ state, count }) => ({ severity: state as Severity, count })),
			notifications: of('notification').map(({ state, count }) => ({ state, count })),
			storedSamples: Number(row.stored),
			missedTicks: Number(row.missed),
			lastSampleAgeMs: row.age,
			oldestOverdueMs: row.overdue,
		};
	});
}
