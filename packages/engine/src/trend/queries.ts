import type pg from 'pg';
import type { KeptFigure } from './decide.ts';

/** Monitors that somebody took away count too: what they saw was seen. */
export async function findMonitors(
	pool: pg.Pool,
	service: string,
	check: string,
): Promise<readonly { readonly id: number; readonly params: Readonly<Record<string, unknown>> }[]> {
	const { rows } = await pool.query<{ id: string; params: Record<string, unknown> }>(
		'select id, params from monitor where service = $1 and check_id = $2',
		[service, check],
	);
	return rows.map(({ id, params }) => ({ id: Number(id), params }));
}

/** By the primary key. */
export async function readHours(
	pool: pg.Pool,
	{ ids, from, to }: { readonly ids: readonly number[]; readonly from: number; readonly to: number },
): Promise<readonly { readonly at: number; readonly durations: Uint8Array }[]> {
	const { rows } = await pool.query<{ at: Date; durations: Buffer }>(
		`select at, durations from rollup where monitor_id = any($1::bigint[]) and grain = 'h' and at >= $2 and at < $3 order by at`,
		[ids, new Date(from), new Date(to)],
	);
	return rows.map(({ at, durations }) => ({ at: at.getTime(), durations }));
}

/** By the primary key. */
export async function readMeasurements(
	pool: pg.Pool,
	{ ids, name, from, to }: { readonly ids: readonly number[]; readonly name: string; readonly from: number; readonly to: number },
): Promise<readonly { readonly at: number; readonly value: number }[]> {
	const { rows } = await pool.query<{ at: Date; value: number }>(
		'select at, value from measurement where monitor_id = any($1::bigint[]) and name = $2 and at >= $3 and at < $4 order by at',
		[ids, name, new Date(from), new Date(to)],
	);
	return rows.map(({ at, value }) => ({ at: at.getTime(), value }));
}

/** The first of a minute stays. Questions that nobody watches are left out. */
export async function writeMeasurements(pool: pg.Pool, service: string, figures: readonly KeptFigure[]): Promise<void> {
	await pool.query(
		`insert into measurement (monitor_id, name, at, value)
		select m.id, f.name, f.at, f.value
		from unnest($2::text[], $3::text[], $4::timestamptz[], $5::double precision[]) as f(key, name, at, value)
		join monitor m on m.service = $1 and m.key = f.key
		on conflict do nothing`,
		[
			service,
			figures.map(({ key }) => key),
			figures.map(({ name }) => name),
			figures.map(({ at }) => new Date(at)),
			figures.map(({ value }) => value),
		],
	);
}

/** @returns how many rows went */
export async function dropMeasurements(pool: pg.Pool, before: number): Promise<number> {
	const { rowCount } = await pool.query('delete from measurement where at < $1', [new Date(before)]);
	return rowCount ?? 0;
}
