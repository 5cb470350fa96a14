import type pg from 'pg';
import type { Grain, Rollup, Span } from './decide.ts';

/** Of one monitor, in order, by its primary key. */
export async function readRollupsOf(pool: pg.Pool, monitorId: number, grain: Grain, { from, to }: Span): Promise<readonly Rollup[]> {
	const { rows } = await pool.query<{ at: Date; ok: number; warn: number; fail: number; unknown: number; durations: Buffer }>({
		name: 'read-rollups-of',
		text: `select at, ok, warn, fail, unknown, durations from rollup
		where monitor_id = $1 and grain = $2::"char" and at >= $3 and at < $4 order by at`,
		values: [monitorId, grain, new Date(from), new Date(to)],
	});
	return rows.map(({ at, ok, warn, fail, unknown, durations }) => ({
		monitorId,
		at: at.getTime(),
		counts: { ok, warn, fail, unknown },
		durations,
	}));
}

export async function findMonitorId(pool: pg.Pool, service: string, key: string): Promise<number | null> {
	const { rows } = await pool.query<{ id: string }>({
		name: 'find-monitor-id',
		text: 'select id from monitor where service = $1 and key = $2',
		values: [service, key],
	});
	return rows[0] === undefined ? null : Number(rows[0].id);
}

export interface DaysRow {
	readonly service: string;
	readonly key: string;
	/** Days since the epoch, looks that found it well, looks that gave an answer. */
	readonly days: readonly (readonly [number, number, number])[];
}

/**
 * One row for a monitor, its days as bytes: as a hundred rows for each of five hundred monitors, or as text, they take longer to write and to
 * read than to find (measured).
 */
export async function readDays(pool: pg.Pool, service: string | null, { from, to }: Span): Promise<readonly DaysRow[]> {
	const { rows } = await pool.query<{ service: string; key: string; days: Buffer | null }>({
		name: 'read-days',
		text: `select service, key, days from monitor left join (
			select monitor_id, string_agg(int4send((at at time zone 'UTC')::date - date '1970-01-01') || int4send(ok + warn) || int4send(ok + warn + fail), '') as days
			from rollup where grain = 'd' and at >= $2 and at < $3 group by monitor_id
		) as daily on daily.monitor_id = monitor.id
		where removed_at is null and ($1::text is null or service = $1) order by service, key`,
		values: [service, new Date(from), new Date(to)],
	});
	return rows.map((row) => ({ service: row.service, key: row.key, days: row.days === null ? [] : unpackDays(row.days) }));
}

/** Day, well, answered: four bytes each. */
const DAY_BYTES = 12;

function unpackDays(bytes: Buffer): DaysRow['days'] {
	const days: (readonly [number, number, number])[] = [];
	for (let at = 0; at < bytes.length; at += DAY_BYTES)
		days.push([bytes.readInt32BE(at), bytes.readInt32BE(at + 4), bytes.readInt32BE(at + 8)]);
	return days.sort(([a], [b]) => a - b);
}
