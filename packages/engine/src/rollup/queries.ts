import type pg from 'pg';
import { stateOf } from '../observe/sample.ts';
import { GRAIN_MS, type Grain, type Rollup, rollSamples, type Span } from './decide.ts';

/** By the index on grain and time: one step from the end. */
export async function findNewest(client: pg.PoolClient, grain: Grain): Promise<number | null> {
	const { rows } = await client.query<{ at: Date | null }>('select max(at) as at from rollup where grain = $1', [grain]);
	return rows[0]?.at?.getTime() ?? null;
}

export async function rollMinutes(client: pg.PoolClient, { from, to }: Span): Promise<readonly Rollup[]> {
	const { rows } = await client.query<{ monitor_id: string; minute: Date; states: readonly number[]; durations: readonly number[] }>(
		`select monitor_id, date_trunc('minute', at) as minute, array_agg(state) as states, array_agg(duration_ms) as durations
		from observation where at >= $1 and at < $2 group by 1, 2`,
		[new Date(from), new Date(to)],
	);
	return rows.map(({ monitor_id, minute, states, durations }) =>
		rollSamples(
			{ monitorId: Number(monitor_id), at: minute.getTime() },
			states.map((state, index) => ({ state: stateOf(state), durationMs: durations[index] ?? 0 })),
		),
	);
}

export async function readRollups(client: pg.PoolClient, grain: Grain, { from, to }: Span): Promise<readonly Rollup[]> {
	const { rows } = await client.query<{
		monitor_id: string;
		at: Date;
		ok: number;
		warn: number;
		fail: number;
		unknown: number;
		durations: Buffer;
	}>('select monitor_id, at, ok, warn, fail, unknown, durations from rollup where grain = $1 and at >= $2 and at < $3', [
		grain,
		new Date(from),
		new Date(to),
	]);
	return rows.map(({ monitor_id, at, ok, warn, fail, unknown, durations }) => ({
		monitorId: Number(monitor_id),
		at: at.getTime(),
		counts: { ok, warn, fail, unknown },
		durations,
	}));
}

const ROWS_AT_ONCE = 2000;

/** The same once more writes nothing. @returns how many rows are new or differ */
export async function writeRollups(client: pg.PoolClient, grain: Grain, rollups: readonly Rollup[]): Promise<number> {
	let written = 0;
	for (let first = 0; first < rollups.length; first += ROWS_AT_ONCE) {
		const part = rollups.slice(first, first + ROWS_AT_ONCE);
		const { rowCount } = await client.query({
			name: 'write-rollups',
			text: `insert into rollup (monitor_id, grain, at, ok, warn, fail, unknown, durations)
			select id, $2, at, ok, warn, fail, unknown, durations
			from unnest($1::bigint[], $3::timestamptz[], $4::int[], $5::int[], $6::int[], $7::int[], $8::bytea[]) as r(id, at, ok, warn, fail, unknown, durations)
			on conflict (monitor_id, grain, at) do update
				set ok = excluded.ok, warn = excluded.warn, fail = excluded.fail, unknown = excluded.unknown, durations = excluded.durations
			where (rollup.ok, rollup.warn, rollup.fail, rollup.unknown, rollup.durations)
				is distinct from (excluded.ok, excluded.warn, excluded.fail, excluded.unknown, excluded.durations)`,
			values: [
				part.map(({ monitorId }) => monitorId),
				grain,
				part.map(({ at }) => new Date(at)),
				part.map(({ counts }) => counts.ok),
				part.map(({ counts }) => counts.warn),
				part.map(({ counts }) => counts.fail),
				part.map(({ counts }) => counts.unknown),
				part.map(({ durations }) => durations),
			],
		});
		written += rowCount ?? 0;
	}
	return written;
}

/** @returns how many rows went, at most `limit` at once, so that no lock is held for long */
export async function dropRollups(pool: pg.Pool, grain: Grain, before: number, limit = 10_000): Promise<number> {
	const { rowCount } = await pool.query(
		`delete from rollup where (monitor_id, grain, at) in (select monitor_id, grain, at from rollup where grain = $1 and at < $2 order by at limit $3)`,
		[grain, new Date(before - GRAIN_MS[grain]), limit],
	);
	return rowCount ?? 0;
}
