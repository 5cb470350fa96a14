import type pg from 'pg';
import type { Severity } from '../monitors/defaults.ts';
import type { MonitorState, SampleState } from '../transition/decide.ts';
import type { FailingMonitor, Window } from './decide.ts';
import { codeOf, type Sample } from './sample.ts';

export interface MonitorRow {
	readonly id: number;
	readonly service: string;
	readonly key: string;
	readonly checkId: string;
	readonly params: Readonly<Record<string, unknown>>;
	readonly title: string;
	readonly everyMs: number;
	readonly confirm: number;
	readonly severity: Severity;
	readonly state: MonitorState;
	readonly candidate: { readonly state: SampleState; readonly count: number } | null;
	readonly dueAt: number;
	readonly isFirst: boolean;
}

interface RawMonitor {
	readonly id: string;
	readonly service: string;
	readonly key: string;
	readonly check_id: string;
	readonly params: MonitorRow['params'];
	readonly title: string;
	readonly every_ms: number;
	readonly confirm: number;
	readonly severity: Severity;
	readonly state: MonitorState;
	readonly candidate: SampleState | null;
	readonly candidate_count: number;
	readonly due_at: Date;
	readonly is_first: boolean;
}

/** Of the monitors that are still this engine's to answer for, in one order, so that two engines never wait for each other in a circle. */
export async function lockMonitors(client: pg.PoolClient, engine: string, ids: readonly number[]): Promise<readonly MonitorRow[]> {
	const { rows } = await client.query<RawMonitor>({
		name: 'lock-monitors',
		text: `select id, service, key, check_id, params, title, every_ms, confirm, severity, state, candidate, candidate_count, due_at, last_at is null as is_first
		from monitor where id = any($1::bigint[]) and claimed_by = $2 order by id for no key update`,
		values: [ids, engine],
	});
	return rows.map((row) => ({
		id: Number(row.id),
		service: row.service,
		key: row.key,
		checkId: row.check_id,
		params: row.params,
		title: row.title,
		everyMs: row.every_ms,
		confirm: row.confirm,
		severity: row.severity,
		state: row.state,
		candidate: row.candidate === null ? null : { state: row.candidate, count: row.candidate_count },
		dueAt: row.due_at.getTime(),
		isFirst: row.is_first,
	}));
}

/** An array of numbers as PostgreSQL reads it: the client would quote each of them, which costs more than the rest of the statement. */
function toArray(numbers: readonly number[]): string {
	return `{${numbers.join(',')}}`;
}

/** All of a batch in one statement: an array for each column costs the same to parse for one row as for five hundred. */
export async function insertObservations(client: pg.PoolClient, samples: readonly Sample[]): Promise<void> {
	await client.query({
		name: 'insert-observations',
		text: `insert into observation (monitor_id, at, state, duration_ms, reason, detail)
		select monitor_id, to_timestamp(at / 1000.0), state, duration_ms, reason, detail
		from unnest($1::bigint[], $2::float8[], $3::smallint[], $4::real[], $5::text[], $6::jsonb[]) as s(monitor_id, at, state, duration_ms, reason, detail)`,
		values: [
			toArray(samples.map(({ monitorId }) => monitorId)),
			toArray(samples.map(({ at }) => Math.trunc(at))),
			toArray(samples.map(({ state }) => codeOf(state))),
			toArray(samples.map(({ durationMs }) => durationMs)),
			samples.map(({ reason }) => reason),
			samples.map(({ detail }) => detail),
		],
	});
}

export interface MonitorUpdate {
	readonly id: number;
	readonly state: MonitorState;
	readonly hasChanged: boolean;
	readonly candidate: MonitorRow['candidate'];
	readonly at: number;
	readonly reason: string;
	readonly dueAt: number;
	readonly missed: number;
	readonly lateMs: number;
	/** False: the question makes no sense for the service. */
	readonly applies: boolean;
}

/** Writes the results and gives the claims back. */
export async function updateMonitors(client: pg.PoolClient, updates: readonly MonitorUpdate[]): Promise<void> {
	await client.query({
		name: 'update-monitors',
		text: `update monitor set state = u.state, state_since = case when u.changed then to_timestamp(u.at / 1000.0) else monitor.state_since end,
			candidate = u.candidate, candidate_count = u.count, last_at = to_timestamp(u.at / 1000.0), last_reason = u.reason,
			due_at = to_timestamp(u.due / 1000.0), missed = monitor.missed + u.missed, stored = monitor.stored + 1, late_ms = u.late, applies = u.applies, claimed_by = null, claimed_until = null
		from unnest($1::bigint[], $2::text[], $3::boolean[], $4::text[], $5::smallint[], $6::float8[], $7::text[], $8::float8[], $9::bigint[], $10::int[], $11::boolean[])
			as u(id, state, changed, candidate, count, at, reason, due, missed, late, applies)
		where monitor.id = u.id`,
		values: [
			toArray(updates.map(({ id }) => id)),
			updates.map(({ state }) => state),
			updates.map(({ hasChanged }) => hasChanged),
			updates.map(({ candidate }) => candidate?.state ?? null),
			toArray(updates.map(({ candidate }) => Math.min(candidate?.count ?? 0, 1000))),
			toArray(updates.map(({ at }) => Math.trunc(at))),
			updates.map(({ reason }) => reason),
			toArray(updates.map(({ dueAt }) => Math.trunc(dueAt))),
			toArray(updates.map(({ missed }) => missed)),
			toArray(updates.map(({ lateMs }) => Math.min(lateMs, 2_147_483_647))),
			updates.map(({ applies }) => applies),
		],
	});
}

/** Ahead of the rest of its row: others of the same batch look at who is well. */
export async function setState(client: pg.PoolClient, id: number, state: MonitorState): Promise<void> {
	await client.query('update monitor set state = $2 where id = $1', [id, state]);
}

/** Confirmed failures of these services, for telling echoes. */
export async function listFailing(
	client: pg.PoolClient,
	services: readonly string[],
): Promise<readonly (FailingMonitor & { readonly service: string })[]> {
	const { rows } = await client.query<{ id: string; service: string; check_id: string; title: string; params: FailingMonitor['params'] }>(
		"select id, service, check_id, title, params from monitor where service = any($1::text[]) and state = 'fail' and removed_at is null",
		[services],
	);
	return rows.map((row) => ({ id: Number(row.id), service: row.service, checkId: row.check_id, title: row.title, params: row.params }));
}

export async function listWindows(client: pg.PoolClient, now: number): Promise<readonly Window[]> {
	const { rows } = await client.query<Window>(
		'select service, name from maintenance_window where ended_at is null and starts_at <= $1 and ends_at > $1 order by id',
		[new Date(now)],
	);
	return rows;
}

/** @returns by monitor, only those that changed */
export async function countChanges(client: pg.PoolClient, ids: readonly number[], since: number): Promise<ReadonlyMap<number, number>> {
	const { rows } = await client.query<{ monitor_id: string; count: number }>(
		'select monitor_id, count(*)::int as count from transition where monitor_id = any($1::bigint[]) and at > $2 and from_state <> to_state group by monitor_id',
		[ids, new Date(since)],
	);
	return new Map(rows.map(({ monitor_id, count }) => [Number(monitor_id), count]));
}

export interface NewTransition {
	readonly monitorId: number;
	readonly at: number;
	readonly from: MonitorState;
	readonly to: MonitorState;
	readonly reason: string;
	readonly consequence: string;
	readonly incidentId: number | null;
	readonly effect: string | null;
}

export async function insertTransition(client: pg.PoolClient, transition: NewTransition): Promise<number> {
	const at = new Date(transition.at);
	const { rows } = await client.query<{ id: string }>(
		`insert into transition (monitor_id, at, from_state, to_state, reason, consequence, incident_id, effect, next_attempt_at, acted_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $2, $9) returning id`,
		[
			transition.monitorId,
			at,
			transition.from,
			transition.to,
			transition.reason,
			transition.consequence,
			transition.incidentId,
			transition.effect,
			isToTell(transition) ? null : at,
		],
	);
	return Number(rows[0]?.id);
}

/**
 * Of many monitors at once, one each, that touch no incident: a first start of a thousand is two statements, not four thousand.
 * @returns the transition of each monitor
 */
export async function insertTransitions(
	client: pg.PoolClient,
	transitions: readonly NewTransition[],
): Promise<ReadonlyMap<number, number>> {
	if (transitions.length === 0) return new Map();
	const { rows } = await client.query<{ id: string; monitor_id: string }>({
		name: 'insert-transitions',
		text: `insert into transition (monitor_id, at, from_state, to_state, reason, consequence, next_attempt_at, acted_at)
		select monitor_id, at, from_state, to_state, reason, consequence, at, acted_at
		from unnest($1::bigint[], $2::timestamptz[], $3::text[], $4::text[], $5::text[], $6::text[], $7::timestamptz[])
			as t(monitor_id, at, from_state, to_state, reason, consequence, acted_at)
		returning id, monitor_id`,
		values: [
			transitions.map(({ monitorId }) => monitorId),
			transitions.map(({ at }) => new Date(at)),
			transitions.map(({ from }) => from),
			transitions.map(({ to }) => to),
			transitions.map(({ reason }) => reason),
			transitions.map(({ consequence }) => consequence),
			transitions.map((transition) => (isToTell(transition) ? null : new Date(transition.at))),
		],
	});
	return new Map(rows.map((row) => [Number(row.monitor_id), Number(row.id)]));
}

/** What led to nothing is drained by nobody. */
function isToTell({ consequence, effect }: NewTransition): boolean {
	return consequence === 'act' ? effect !== null : consequence !== 'none';
}
