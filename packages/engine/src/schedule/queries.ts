import type pg from 'pg';
import type { MonitorState } from '../transition/decide.ts';

/** A monitor that this engine alone may run until its lease ends. */
export interface ClaimedMonitor {
	readonly id: number;
	readonly service: string;
	readonly key: string;
	readonly checkId: string;
	readonly params: Readonly<Record<string, string | number | boolean>>;
	readonly dueAt: number;
	readonly everyMs: number;
	/** As it was known when it was claimed. */
	readonly state: MonitorState;
}

interface ClaimedRow {
	readonly id: string;
	readonly service: string;
	readonly key: string;
	readonly check_id: string;
	readonly params: ClaimedMonitor['params'];
	readonly due_at: Date;
	readonly every_ms: number;
	readonly state: MonitorState;
}

export interface ClaimOptions {
	/** Of the engine, a UUID. */
	readonly engine: string;
	readonly now: number;
	/** What falls due within this time is claimed as well, to be started at its own time. */
	readonly aheadMs: number;
	readonly limit: number;
	readonly leaseMs: number;
	/** Those that this engine knows; absent: all. */
	readonly services?: readonly string[];
	/** This engine's part of the work among those that are alive; absent: all of it. */
	readonly share?: Share;
}

export interface Share {
	/** Engines that hold something. */
	readonly engines: number;
	/** 0 up to `engines`. */
	readonly rank: number;
	/** What is another's part is taken when it falls due within this time and nobody has taken it. */
	readonly leftMs: number;
}

/** In one order on every engine. */
export async function listEngines(pool: pg.Pool, now: number): Promise<readonly string[]> {
	const { rows } = await pool.query<{ claimed_by: string }>({
		name: 'list-engines',
		text: 'select distinct claimed_by from monitor where claimed_until > $1 and claimed_by is not null order by claimed_by',
		values: [new Date(now)],
	});
	return rows.map((row) => row.claimed_by);
}

/**
 * The longest overdue first. A lease that ends later than any engine would set it was set before the clock was set back: it counts as ended.
 * Rows that another claim or result holds at this moment are passed over, so that nobody waits.
 */
export async function claimDue(
	pool: pg.Pool,
	{ engine, now, aheadMs, limit, leaseMs, services, share }: ClaimOptions,
): Promise<readonly ClaimedMonitor[]> {
	const { rows } = await pool.query<ClaimedRow>({
		name: 'claim-due',
		text: `with due as (
			select id from monitor
			where removed_at is null and due_at <= $1::timestamptz + $2::int * interval '1 millisecond'
				and (claimed_until is null or claimed_until <= $1 or claimed_until > $1::timestamptz + 10 * $5::int * interval '1 millisecond')
				and ($6::text[] is null or service = any($6))
				and (id % $7::int = $8::int or due_at <= $1::timestamptz + $9::int * interval '1 millisecond')
			order by due_at
			limit $3
			for update skip locked
		)
		update monitor set claimed_by = $4, claimed_until = $1::timestamptz + $5::int * interval '1 millisecond'
		from due where monitor.id = due.id
		returning monitor.id, service, key, check_id, params, due_at, every_ms, state`,
		values: [new Date(now), aheadMs, limit, engine, leaseMs, services ?? null, share?.engines ?? 1, share?.rank ?? 0, share?.leftMs ?? 0],
	});
	return rows
		.map((row) => ({
			id: Number(row.id),
			service: row.service,
			key: row.key,
			checkId: row.check_id,
			params: row.params,
			dueAt: row.due_at.getTime(),
			everyMs: row.every_ms,
			state: row.state,
		}))
		.toSorted((a, b) => a.dueAt - b.dueAt);
}

/** Of what still runs. @returns ids that are this engine's still; of the others somebody else has taken care */
export async function renewLeases(
	pool: pg.Pool,
	{
		engine,
		ids,
		now,
		leaseMs,
	}: { readonly engine: string; readonly ids: readonly number[]; readonly now: number; readonly leaseMs: number },
): Promise<readonly number[]> {
	const { rows } = await pool.query<{ id: string }>({
		name: 'renew-leases',
		text: `update monitor set claimed_until = $1::timestamptz + $4::int * interval '1 millisecond'
		where id in (select id from monitor where id = any($2::bigint[]) and claimed_by = $3 order by id for update skip locked)
		returning id`,
		values: [new Date(now), ids, engine, leaseMs],
	});
	return rows.map(({ id }) => Number(id));
}

/** Gives back what was claimed and not run: it is due still. @param ids null: everything of this engine */
export async function releaseClaims(pool: pg.Pool, engine: string, ids: readonly number[] | null): Promise<void> {
	await pool.query(
		'update monitor set claimed_by = null, claimed_until = null where claimed_by = $1 and ($2::bigint[] is null or id = any($2))',
		[engine, ids],
	);
}

/** Puts off what could not be dealt with, so that it does not come back at once. */
export async function pushOut(
	pool: pg.Pool,
	{ engine, ids, now, byMs, reason }: { engine: string; ids: readonly number[]; now: number; byMs: number; reason: string },
): Promise<void> {
	await pool.query(
		`update monitor set claimed_by = null, claimed_until = null, due_at = $3::timestamptz + least($4::int, every_ms) * interval '1 millisecond', last_reason = $5
		where claimed_by = $1 and id = any($2::bigint[])`,
		[engine, ids, new Date(now), byMs, reason],
	);
}

/** Dates more than one interval ahead come back into it, spread; also after the clock was set back. @returns how many */
export async function pullBack(pool: pg.Pool, now: number): Promise<number> {
	const { rowCount } = await pool.query(
		`update monitor set due_at = $1::timestamptz + random() * every_ms * interval '1 millisecond'
		where id in (select id from monitor where removed_at is null and due_at > $1::timestamptz + every_ms * interval '1 millisecond'
			order by id for update skip locked)`,
		[new Date(now)],
	);
	return rowCount ?? 0;
}

/** How many are overdue, and by how long the first of them. */
export async function readBacklog(pool: pg.Pool, now: number): Promise<{ readonly overdue: number; readonly oldestMs: number }> {
	const { rows } = await pool.query<{ overdue: number; oldest_ms: number }>(
		`select count(*)::int as overdue, coalesce(extract(epoch from $1::timestamptz - min(due_at)) * 1000, 0)::float8 as oldest_ms
		from monitor where removed_at is null and due_at <= $1`,
		[new Date(now)],
	);
	return { overdue: rows[0]?.overdue ?? 0, oldestMs: Math.round(rows[0]?.oldest_ms ?? 0) };
}
