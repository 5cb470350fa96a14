import type pg from 'pg';
import type { Queryable } from '../incidents/read.ts';
import { GRAIN_MS, type Grain } from '../rollup/decide.ts';
import type { ObjectiveResult } from './decide.ts';
import type { Cell } from './measure.ts';
import type { WantedObjective } from './plan.ts';

export interface ObjectiveRow extends WantedObjective {
	readonly service: string;
	readonly result: ObjectiveResult | null;
	readonly measuredAt: number | null;
}

interface RawObjective {
	readonly service: string;
	readonly name: string;
	readonly title: string;
	readonly line: number | null;
	readonly target: number;
	readonly window_ms: string;
	readonly result: ObjectiveResult | null;
	readonly measured_at: Date | null;
}

/** @param services null: of all */
export async function listObjectives(db: Queryable, services: readonly string[] | null): Promise<readonly ObjectiveRow[]> {
	const { rows } = await db.query<RawObjective>(
		`select service, name, title, line, target, window_ms, result, measured_at from objective
		where removed_at is null and ($1::text[] is null or service = any($1)) order by service, name`,
		[services],
	);
	return rows.map(({ window_ms, measured_at, ...row }) => ({
		...row,
		windowMs: Number(window_ms),
		measuredAt: measured_at?.getTime() ?? null,
	}));
}

/** What is wanted no more is marked. A measurement of another target or window is forgotten. */
export async function replaceObjectives(
	client: pg.PoolClient,
	{ service, wanted, now }: { readonly service: string; readonly wanted: readonly WantedObjective[]; readonly now: number },
): Promise<void> {
	await client.query(
		`insert into objective (service, name, title, line, target, window_ms)
		select $1, w.name, w.title, w.line, w.target, w."windowMs"
		from jsonb_to_recordset($2) as w(name text, title text, line int, target float8, "windowMs" bigint)
		on conflict (service, name) do update set title = excluded.title, line = excluded.line, removed_at = null,
			result = case when (objective.target, objective.window_ms) = (excluded.target, excluded.window_ms) then objective.result end,
			target = excluded.target, window_ms = excluded.window_ms`,
		[service, JSON.stringify(wanted)],
	);
	await client.query('update objective set removed_at = $3 where service = $1 and removed_at is null and name <> all($2::text[])', [
		service,
		wanted.map(({ name }) => name),
		new Date(now),
	]);
}

/** Checks that say whether people can use the service. */
export const AVAILABILITY_CHECKS: readonly string[] = ['http.health', 'http.status'];

export async function countAvailabilityMonitors(db: Queryable, service: string): Promise<number> {
	const { rows } = await db.query<{ count: number }>(
		'select count(*)::int as count from monitor where service = $1 and check_id = any($2::text[]) and removed_at is null and applies',
		[service, AVAILABILITY_CHECKS],
	);
	return rows[0]?.count ?? 0;
}

/** Of the service's availability monitors. Also of those that are watched no more: what they saw happened. */
export async function readCells(
	db: Queryable,
	{ service, grain, from, to }: { readonly service: string; readonly grain: Grain; readonly from: number; readonly to: number },
): Promise<readonly Cell[]> {
	const { rows } = await db.query<{ at: Date; every_ms: number; told: number; fail: number }>(
		`select rollup.at, every_ms, rollup.ok + rollup.warn + rollup.fail as told, rollup.fail
		from monitor join rollup on rollup.monitor_id = monitor.id
		where service = $1 and check_id = any($2::text[]) and grain = $3 and rollup.at >= $4 and rollup.at < $5`,
		[service, AVAILABILITY_CHECKS, grain, new Date(from), new Date(to)],
	);
	return rows.map(({ at, every_ms, told, fail }) => ({ at: at.getTime(), sizeMs: GRAIN_MS[grain], everyMs: every_ms, told, failed: fail }));
}

export async function keepResult(
	client: pg.PoolClient,
	{
		service,
		name,
		result,
		now,
	}: { readonly service: string; readonly name: string; readonly result: ObjectiveResult; readonly now: number },
): Promise<void> {
	await client.query('update objective set result = $3, measured_at = $4 where service = $1 and name = $2', [
		service,
		name,
		JSON.stringify(result),
		new Date(now),
	]);
}
