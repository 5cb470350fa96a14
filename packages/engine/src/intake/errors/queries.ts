import type pg from 'pg';
import type { Resolution } from '../../ingest/group/judge-return.ts';
import type { ReleaseFacts } from '../../ingest/group/release-order.ts';
import type { ErrorRow } from '../parcel.ts';
import { type Returned, releaseKey } from './decide.ts';
import { groupKey } from './group-key.ts';

export interface GroupRow {
	readonly id: number;
	readonly state: 'open' | 'resolved' | 'ignored';
	readonly resolution: Resolution | null;
}

/** Held until the end of the transaction, in the order of their ids. By service and fingerprint. */
export async function findGroups(client: pg.PoolClient, rows: readonly ErrorRow[]): Promise<ReadonlyMap<string, GroupRow>> {
	const found = await client.query<{
		id: string;
		service: string;
		fingerprint: string;
		state: GroupRow['state'];
		resolution: Resolution | null;
	}>({
		name: 'find-error-groups',
		text: `select id, service, fingerprint, state, resolution from error_group
		where (service, fingerprint) in (select * from unnest($1::text[], $2::text[])) order by id for no key update`,
		values: [rows.map(({ service }) => service), rows.map(({ grouping }) => grouping.fingerprint)],
	});
	return new Map(
		found.rows.map(({ id, service, fingerprint, state, resolution }) => [
			groupKey(service, fingerprint),
			{ id: Number(id), state, resolution },
		]),
	);
}

/** The same made by somebody else in the meantime is left as it is. */
export async function makeGroups(client: pg.PoolClient, rows: readonly ErrorRow[]): Promise<void> {
	await client.query(
		`insert into error_group (service, fingerprint, title, culprit, level, grouped_by, parts, state_at, first_at, last_at, first_release, last_release)
		select service, fingerprint, title, culprit, level, grouped_by, parts::jsonb, at, at, at, release, release
		from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::timestamptz[], $9::text[])
			as g(service, fingerprint, title, culprit, level, grouped_by, parts, at, release)
		on conflict (service, fingerprint) do nothing`,
		[
			rows.map(({ service }) => service),
			rows.map(({ grouping }) => grouping.fingerprint),
			rows.map(({ grouping }) => grouping.title),
			rows.map(({ grouping }) => grouping.culprit),
			rows.map(({ level }) => level),
			rows.map(({ grouping }) => grouping.by),
			rows.map(({ grouping }) => JSON.stringify(grouping.parts)),
			rows.map(({ at }) => new Date(at)),
			rows.map(({ release }) => release),
		],
	);
}

/** Bodies go as one JSON text: as an array of texts each of their quotes would be escaped, and read back, once more. @returns those that are new */
export async function addEvents(
	client: pg.PoolClient,
	rows: readonly ErrorRow[],
	idOf: (row: ErrorRow) => number,
	whole: ReadonlySet<ErrorRow>,
): Promise<readonly ErrorRow[]> {
	const added = await client.query<{ service: string; id: string }>({
		name: 'add-error-events',
		text: `insert into error_event (service, id, group_id, at, release, environment, level, body)
		select service, id, group_id, at, release, environment, level, nullif(body, 'null')
		from rows from (unnest($1::text[]), unnest($2::uuid[]), unnest($3::bigint[]), unnest($4::timestamptz[]), unnest($5::text[]), unnest($6::text[]), unnest($7::text[]), jsonb_array_elements($8::jsonb))
			as e(service, id, group_id, at, release, environment, level, body)
		on conflict (service, id) do nothing returning service, replace(id::text, '-', '') as id`,
		values: [
			rows.map(({ service }) => service),
			rows.map(({ id }) => id),
			rows.map(idOf),
			rows.map(({ at }) => new Date(at)),
			rows.map(({ release }) => release),
			rows.map(({ environment }) => environment),
			rows.map(({ level }) => level),
			`[${rows.map((row) => (whole.has(row) ? row.body : 'null')).join(',')}]`,
		],
	});
	const left = new Set(added.rows.map(({ service, id }) => `${id} ${service}`));
	// Sent twice in one batch: the first of them counts.
	return rows.filter(({ id, service }) => left.delete(`${id.toLowerCase()} ${service}`));
}

export async function addHours(
	client: pg.PoolClient,
	hours: readonly { readonly group: number; readonly at: number; readonly events: number }[],
): Promise<void> {
	await client.query({
		name: 'add-error-hours',
		text: `insert into error_group_hour as h (group_id, at, events) select * from unnest($1::bigint[], $2::timestamptz[], $3::bigint[])
		on conflict (group_id, at) do update set events = h.events + excluded.events`,
		values: [hours.map(({ group }) => group), hours.map(({ at }) => new Date(at)), hours.map(({ events }) => events)],
	});
}

/** @returns how many are new, by group */
export async function addUsers(
	client: pg.PoolClient,
	rows: readonly ErrorRow[],
	idOf: (row: ErrorRow) => number,
): Promise<ReadonlyMap<number, number>> {
	const named = rows.flatMap((row) => (row.userHash === null ? [] : [{ group: idOf(row), hash: row.userHash }]));
	if (named.length === 0) return new Map();
	const added = await client.query<{ group_id: string; count: number }>({
		name: 'add-error-users',
		text: `with added as (
			insert into error_group_user (group_id, user_hash) select g, decode(h, 'hex') from unnest($1::bigint[], $2::text[]) as u(g, h) order by g, h
			on conflict do nothing returning group_id)
		select group_id, count(*)::int from added group by group_id`,
		values: [named.map(({ group }) => group), named.map(({ hash }) => hash)],
	});
	return new Map(added.rows.map(({ group_id, count }) => [Number(group_id), count]));
}

/** @returns how many events of each group are kept whole now */
export async function countIn(
	client: pg.PoolClient,
	byGroup: ReadonlyMap<number, readonly ErrorRow[]>,
	newUsers: ReadonlyMap<number, number>,
): Promise<ReadonlyMap<number, number>> {
	const groups = [...byGroup].map(([id, rows]) => ({ id, rows: rows.toSorted((a, b) => a.at - b.at) }));
	const counted = await client.query<{ id: string; bodies: number }>({
		name: 'count-error-events',
		text: `update error_group as g set events = g.events + n.events, users = g.users + n.users, bodies = g.bodies + n.events,
			first_at = least(g.first_at, n.first_at), last_at = greatest(g.last_at, n.last_at),
			first_release = case when n.first_at < g.first_at then coalesce(n.first_release, g.first_release) else coalesce(g.first_release, n.first_release) end,
			last_release = case when n.last_at >= g.last_at then coalesce(n.last_release, g.last_release) else coalesce(g.last_release, n.last_release) end
		from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::timestamptz[], $5::timestamptz[], $6::text[], $7::text[])
			as n(id, events, users, first_at, last_at, first_release, last_release)
		where g.id = n.id returning g.id, g.bodies`,
		values: [
			groups.map(({ id }) => id),
			groups.map(({ rows }) => rows.length),
			groups.map(({ id }) => newUsers.get(id) ?? 0),
			groups.map(({ rows }) => new Date(rows[0]?.at ?? 0)),
			groups.map(({ rows }) => new Date(rows.at(-1)?.at ?? 0)),
			groups.map(({ rows }) => rows[0]?.release ?? null),
			groups.map(({ rows }) => rows.at(-1)?.release ?? null),
		],
	});
	return new Map(counted.rows.map(({ id, bodies }) => [Number(id), bodies]));
}

/** When releases went live, else when they were first heard of. */
export async function readReleaseFacts(client: pg.PoolClient, rows: readonly ErrorRow[]): Promise<ReadonlyMap<string, ReleaseFacts>> {
	const named = rows.flatMap(({ service, release }) => (release === null ? [] : [{ service, release }]));
	const { rows: found } = await client.query<{ service: string; version: string; at: Date }>(
		`select service, version, coalesce(live_at, first_at) as at from app_release where (service, version) in (select * from unnest($1::text[], $2::text[]))`,
		[named.map(({ service }) => service), named.map(({ release }) => release)],
	);
	return new Map(found.map(({ service, version, at }) => [releaseKey(service, version), { version, at: at.getTime() }]));
}

export async function reopenGroups(client: pg.PoolClient, returned: readonly Returned[]): Promise<void> {
	if (returned.length === 0) return;
	const values = [returned.map(({ group }) => group), returned.map(({ at }) => new Date(at)), returned.map(({ reason }) => reason)];
	await client.query(
		`update error_group as g set state = 'open', state_at = r.at, resolution = null, regressions = g.regressions + 1
		from unnest($1::bigint[], $2::timestamptz[]) as r(id, at) where g.id = r.id`,
		values.slice(0, 2),
	);
	await client.query(
		`insert into error_group_change (group_id, at, from_state, to_state, actor, reason)
		select id, at, 'resolved', 'open', 'holdfast', reason from unnest($1::bigint[], $2::timestamptz[], $3::text[]) as r(id, at, reason)`,
		values,
	);
}
