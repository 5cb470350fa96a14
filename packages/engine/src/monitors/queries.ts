import type pg from 'pg';
import type { WantedMonitor } from './decide.ts';

/** Writes the service and holds its row until the end of the transaction: two starters bring its monitors up to date one after the other. */
export async function holdService(client: pg.PoolClient, { name, url }: { readonly name: string; readonly url: string }): Promise<void> {
	await client.query(
		`insert into service (name, url) values ($1, $2)
		on conflict (name) do update set url = excluded.url, removed_at = null`,
		[name, url],
	);
}

export interface UpsertedMonitor {
	readonly key: string;
	readonly isNew: boolean;
}

/**
 * State is kept. One that comes back after it was removed begins anew, because nobody looked in between. The first look comes within half
 * a minute, spread so that a thousand new ones do not run at once; the run after it spreads them over their interval.
 * @returns those that are new or differ
 */
export async function upsertMonitors(
	client: pg.PoolClient,
	{ service, wanted, now }: { readonly service: string; readonly wanted: readonly WantedMonitor[]; readonly now: number },
): Promise<readonly UpsertedMonitor[]> {
	const { rows } = await client.query<{ key: string; is_new: boolean }>(
		`insert into monitor (service, key, check_id, params, title, lines, every_ms, confirm, severity, state_since, due_at)
		select $1, w.key, w."checkId", w.params, w.title, w.lines, w."everyMs", w.confirm, w.severity, $3::timestamptz,
			$3::timestamptz + random() * least(w."everyMs", 30000) * interval '1 millisecond'
		from jsonb_to_recordset($2) as w(key text, "checkId" text, params jsonb, title text, lines jsonb, "everyMs" int, confirm int, severity text)
		on conflict (service, key) do update set
			check_id = excluded.check_id, params = excluded.params, title = excluded.title, lines = excluded.lines,
			every_ms = excluded.every_ms, confirm = excluded.confirm, severity = excluded.severity, removed_at = null,
			state = case when monitor.removed_at is null then monitor.state else 'new' end,
			state_since = case when monitor.removed_at is null then monitor.state_since else excluded.state_since end,
			candidate = case when monitor.removed_at is null then monitor.candidate end,
			candidate_count = case when monitor.removed_at is null then monitor.candidate_count else 0 end,
			due_at = case when monitor.removed_at is null and monitor.every_ms = excluded.every_ms then monitor.due_at else excluded.due_at end
		where monitor.removed_at is not null
			or (monitor.params, monitor.title, monitor.lines, monitor.every_ms, monitor.confirm, monitor.severity)
				is distinct from (excluded.params, excluded.title, excluded.lines, excluded.every_ms, excluded.confirm, excluded.severity)
		returning key, xmax = 0 as is_new`,
		[service, JSON.stringify(wanted), new Date(now)],
	);
	return rows.map(({ key, is_new }) => ({ key, isNew: is_new }));
}

/** @returns keys of those that are watched no more */
export async function markRemoved(
	client: pg.PoolClient,
	{ service, keys, now }: { readonly service: string; readonly keys: readonly string[]; readonly now: number },
): Promise<readonly string[]> {
	const { rows } = await client.query<{ key: string }>(
		`update monitor set removed_at = $3, claimed_by = null, claimed_until = null
		where service = $1 and removed_at is null and key <> all($2::text[]) returning key`,
		[service, keys, new Date(now)],
	);
	return rows.map(({ key }) => key);
}

/** Services that the configuration has no more, with their monitors. @returns their names */
export async function markServicesRemoved(client: pg.PoolClient, kept: readonly string[], now: number): Promise<readonly string[]> {
	const { rows } = await client.query<{ name: string }>(
		'update service set removed_at = $2 where removed_at is null and name <> all($1::text[]) returning name',
		[kept, new Date(now)],
	);
	return rows.map(({ name }) => name);
}
