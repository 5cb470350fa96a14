import type { Queryable } from '../../incidents/read.ts';
import type { RecordContext } from '../../ports.ts';

/** When people know that a service may fail: what happens then is written down and wakes nobody. */
export interface MaintenanceWindow {
	readonly id: number;
	/** Null: every service. */
	readonly service: string | null;
	readonly reason: string;
	/** ISO 8601 */
	readonly startsAt: string;
	readonly endsAt: string;
	readonly createdBy: string;
	/** It holds now. */
	readonly isOn: boolean;
}

/** Those that hold or lie ahead, the first to begin first. @param input `service`: its own and those of every service */
export async function listMaintenance(
	{ database }: RecordContext,
	input: { readonly service?: string | undefined } = {},
): Promise<readonly MaintenanceWindow[]> {
	return await readWindows(database.pool, { service: input.service ?? null, now: await database.now() });
}

export async function readWindows(
	db: Queryable,
	{ service, now }: { readonly service: string | null; readonly now: number },
): Promise<readonly MaintenanceWindow[]> {
	const { rows } = await db.query<{ id: string; service: string | null; name: string; starts_at: Date; ends_at: Date; created_by: string }>(
		`select id, service, name, starts_at, ends_at, created_by from maintenance_window
		where ended_at is null and ends_at > $1 and ($2::text is null or service is null or service = $2) order by starts_at, id`,
		[new Date(now), service],
	);
	return rows.map((row) => ({
		id: Number(row.id),
		service: row.service,
		reason: row.name,
		startsAt: row.starts_at.toISOString(),
		endsAt: row.ends_at.toISOString(),
		createdBy: row.created_by,
		isOn: row.starts_at.getTime() <= now,
	}));
}
