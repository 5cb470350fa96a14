import type pg from 'pg';

export interface AuditEntry {
	/** Who asked for it; `holdfast` for what the engine does by itself. */
	readonly actor: string;
	/** `incident.acknowledge` */
	readonly operation: string;
	/** `incident/12`, `service/shop-production` */
	readonly subject: string;
	/** Never a secret. */
	readonly detail?: Readonly<Record<string, unknown>>;
}

/** What the engine does by itself. */
export const ENGINE_ACTOR = 'holdfast';

/** Adds rows to the audit, in the transaction of what they tell of. */
export async function recordAudit(client: pg.PoolClient, now: number, entries: readonly AuditEntry[]): Promise<void> {
	if (entries.length === 0) return;
	await client.query(
		`insert into audit (at, actor, operation, subject, detail)
		select $1::timestamptz, a.actor, a.operation, a.subject, coalesce(a.detail, '{}')
		from jsonb_to_recordset($2) as a(actor text, operation text, subject text, detail jsonb)`,
		[new Date(now), JSON.stringify(entries)],
	);
}
